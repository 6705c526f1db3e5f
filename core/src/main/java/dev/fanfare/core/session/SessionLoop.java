package dev.fanfare.core.session;

import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.hub.HubShard;
import dev.fanfare.core.model.Disconnect;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one event loop, and what they share there. Everything but {@link #post} belongs
 * to that loop. There is no timer per session: whoever owns the loop calls {@link #sweep} once or
 * twice a second.
 */
public final class SessionLoop {
    private static final long RETRY_MILLIS = 1_000;

    private record Retry(Runnable task, long due) {}

    private final Channels channels;
    private final HubShard shard;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final SessionObserver observer;
    private final UserDirectory users;
    private final List<Session> sessions = new ArrayList<>();

    /** Those that have begun and may not be through, the oldest first. */
    private final ArrayDeque<Handshake> handshakes = new ArrayDeque<>();

    /** What was not to be had and is tried again, the oldest first. */
    private final ArrayDeque<Retry> retries = new ArrayDeque<>();

    private final PositionCheck positions;
    private boolean inTurn;

    /**
     * @param positionCheck time between two checks of whether subscriptions have heard everything
     * @param users of all loops of this node
     */
    public SessionLoop(
            Channels channels,
            HubShard shard,
            InstantSource clock,
            RandomGenerator random,
            Duration positionCheck,
            SessionObserver observer,
            UserDirectory users) {
        this.channels = channels;
        this.shard = shard;
        this.clock = clock;
        this.random = random;
        this.observer = observer;
        positions = new PositionCheck(this, positionCheck);
        this.users = users;
    }

    /** Sessions that have started and not ended. */
    public List<Session> sessions() {
        return List.copyOf(sessions);
    }

    public int size() {
        return sessions.size();
    }

    /** Looks after every session: expiry, pings, dead peers, lost publications. */
    public void sweep() {
        long now = clock.millis();
        turn(
                () -> {
                    for (int index = sessions.size() - 1; index >= 0; index--) {
                        sessions.get(index).sweep(now);
                    }
                    sweepHandshakes(now);
                    positions.sweep(sessions, now);
                    retry(now);
                    channels.sweep(now);
                });
    }

    /** All have the same time: behind one that still has some, all have. */
    private void sweepHandshakes(long now) {
        while (!handshakes.isEmpty() && !handshakes.getFirst().sweep(now)) {
            handshakes.removeFirst();
        }
    }

    /** Tries again in about a second. */
    void later(Runnable task) {
        retries.add(new Retry(task, clock.millis() + RETRY_MILLIS));
    }

    private void retry(long now) {
        while (!retries.isEmpty() && retries.getFirst().due() <= now) {
            retries.removeFirst().task().run();
        }
    }

    /** Ends so many sessions, the newest first. */
    public void disconnect(int count, Disconnect why) {
        turn(
                () -> {
                    int kept = Math.max(0, sessions.size() - count);
                    for (int index = sessions.size() - 1; index >= kept; index--) {
                        sessions.get(index).disconnect(why);
                    }
                });
    }

    /** Any thread: does it on the loop, as a turn of its own. */
    public void post(Runnable task) {
        shard.loop().execute(() -> turn(task));
    }

    /** Does it now, then flushes every connection it touched. */
    void turn(Runnable task) {
        if (inTurn) {
            task.run();
            return;
        }
        inTurn = true;
        try {
            task.run();
        } finally {
            inTurn = false;
            shard.flush();
        }
    }

    /** Continues on this loop when the stage is complete: at once if it is already. */
    <T> void then(CompletionStage<T> stage, BiConsumer<@Nullable T, @Nullable Throwable> next) {
        var future = stage.toCompletableFuture();
        if (!future.isDone()) {
            stage.whenComplete((value, failure) -> post(() -> next.accept(value, failure)));
        } else if (future.isCompletedExceptionally()) {
            turn(() -> next.accept(null, future.exceptionNow()));
        } else {
            turn(() -> next.accept(future.resultNow(), null));
        }
    }

    Channels channels() {
        return channels;
    }

    HubShard shard() {
        return shard;
    }

    SessionObserver observer() {
        return observer;
    }

    long now() {
        return clock.millis();
    }

    /**
     * First pings are spread over the second half of the interval, so that connections made
     * together part.
     */
    long firstPing(long interval) {
        return now() + interval / 2 + random.nextLong(interval / 2 + 1);
    }

    void add(Handshake handshake) {
        handshakes.add(handshake);
    }

    void add(Session session) {
        session.slot = sessions.size();
        sessions.add(session);
        users.add(session);
    }

    void remove(Session session) {
        var last = sessions.removeLast();
        if (!last.equals(session)) {
            sessions.set(session.slot, last);
            last.slot = session.slot;
        }
        session.slot = -1;
        users.remove(session);
    }
}
