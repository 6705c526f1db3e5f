package dev.fanfare.client.jdbc;

import dev.fanfare.client.Delivery;
import dev.fanfare.client.Event;
import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.RealtimeException;
import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.jdbc.Ended.Outcome;
import dev.fanfare.client.jdbc.Ended.Outcome.Delivered;
import dev.fanfare.client.jdbc.Ended.Outcome.Failed;
import dev.fanfare.client.jdbc.Ended.Outcome.Hopeless;
import dev.fanfare.client.jdbc.OutboxTable.State;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the outbox, in turns: what has ended is taken out of the table, then its channel goes on.
 * An entry stays in the table until the server has taken it, or is parked there. On the relay's
 * thread, but for deliveries that end: these are put into a queue.
 */
final class Drain implements RelayThread.Work {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

    /** Channels with something under way or at rest. */
    private static final int MOST_LANES = 1_000;

    /** Entries in memory, all channels together. */
    private static final int MOST_ENTRIES = 2_000;

    private static final Duration REPORTS = Duration.ofSeconds(5);
    private static final Duration WARNINGS = Duration.ofSeconds(10);

    private final OutboxTable table;
    private final Lease lease;
    private final Delivery delivery;
    private final RelayOptions options;
    private final PublishObserver observer;
    private final Runnable onEnd;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final Settlement settlement;

    /** Somebody has told of new entries, or a channel may be read again. */
    private volatile boolean mayHaveNews = true;

    private long nextRead = System.nanoTime();
    private long nextReport = System.nanoTime();
    private long nextWarning = System.nanoTime();

    /**
     * @param onEnd called when there is something to do; on any thread
     */
    Drain(
            OutboxTable table,
            Lease lease,
            Delivery delivery,
            RelayOptions options,
            PublishObserver observer,
            Runnable onEnd) {
        this.table = table;
        this.lease = lease;
        this.delivery = delivery;
        this.options = options;
        this.observer = observer;
        this.onEnd = onEnd;
        settlement = new Settlement(table);
    }

    /** There may be new entries in the table. Any thread. */
    void lookAgain() {
        mayHaveNews = true;
    }

    /**
     * Does what can be done now.
     *
     * @return how long nothing will be to do, unless something ends or is added
     */
    @Override
    public Duration turn() throws SQLException {
        settle();
        if (!lease.hold()) {
            stepBack();
            return options.poll();
        }
        boolean mayBeMore = read();
        lanes.values().forEach(this::send);
        report();
        return mayBeMore ? Duration.ZERO : pause();
    }

    /**
     * Only where there may be something to find: the entries of channels that are under way or rest
     * are passed over one by one.
     */
    private boolean read() throws SQLException {
        long now = System.nanoTime();
        int most = Math.min(options.batch(), MOST_ENTRIES - held());
        if (lanes.size() >= MOST_LANES || most <= 0 || (!mayHaveNews && now - nextRead < 0)) {
            return false;
        }
        mayHaveNews = false; // first: whoever tells of news from here on is heard
        nextRead = now + options.poll().toNanos();
        var entries = table.read(most, lanes.keySet());
        for (var entry : entries) {
            lanes.computeIfAbsent(entry.channel(), channel -> new Lane()).add(entry);
        }
        mayHaveNews |= entries.size() == most;
        return mayHaveNews && held() < MOST_ENTRIES && lanes.size() < MOST_LANES;
    }

    private int held() {
        return lanes.values().stream().mapToInt(Lane::size).sum();
    }

    private void send(Lane lane) {
        var entry = lease.isHeld() ? lane.next(System.nanoTime()) : null;
        if (entry != null) {
            var event = event(lane, entry);
            if (event != null) {
                var unused =
                        deliver(event)
                                .whenComplete(
                                        (nothing, failure) -> end(lane, entry, outcome(failure)));
            }
        }
    }

    /** Null where somebody else has written the row, and wrongly: then it is over. */
    private @Nullable Event event(Lane lane, Entry entry) {
        try {
            return entry.event();
        } catch (IllegalArgumentException e) {
            end(lane, entry, new Hopeless(Code.INVALID, String.valueOf(e.getMessage())));
            return null;
        }
    }

    /** On any thread. */
    private void end(Lane lane, Entry entry, Outcome outcome) {
        ended.add(new Ended(lane, entry, outcome));
        onEnd.run();
    }

    private CompletableFuture<Void> deliver(Event event) {
        try {
            return delivery.deliver(event);
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Only a refusal of the server is for good. What a delivery throws else may hold secrets. */
    private static Outcome outcome(@Nullable Throwable thrown) {
        var cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause == null) {
            return new Delivered();
        }
        if (!(cause instanceof RealtimeException failure)) {
            return new Failed(Code.UNEXPECTED, "the delivery threw " + cause.getClass().getName());
        }
        var reason = String.valueOf(failure.getMessage());
        return failure.code() == Code.REFUSED
                ? new Hopeless(Code.REFUSED, reason)
                : new Failed(failure.code(), reason);
    }

    /** The table first: what it does not know is not over. */
    private void settle() throws SQLException {
        for (var each = ended.poll(); each != null; each = ended.poll()) {
            settlement.add(each);
        }
        var settled = settlement.settle();
        if (settled.stream().anyMatch(each -> each.outcome() instanceof Delivered)) {
            lanes.values().forEach(Lane::serverIsBack);
        }
        settled.forEach(each -> goOn(each.lane(), each.outcome()));
        if (lanes.values().removeIf(Lane::isEmpty)) {
            mayHaveNews = true;
        }
        settled.forEach(this::tell);
    }

    private void goOn(Lane lane, Outcome outcome) {
        if (outcome instanceof Failed failed) {
            rest(lane, failed);
            mayHaveNews = true; // there is room for others
        } else {
            lane.goOn();
        }
    }

    private void tell(Ended each) {
        if (each.outcome() instanceof Hopeless hopeless) {
            LOG.error("Event {} is parked: {}", each.entry().eventId(), hopeless.reason());
            observer.parked(hopeless.why());
        } else if (each.outcome() instanceof Failed failed) {
            observer.retried(failed.why());
        }
    }

    private void rest(Lane lane, Failed failed) {
        long now = System.nanoTime();
        var pause = options.pause(lane.fail(), ThreadLocalRandom.current().nextDouble());
        lane.rest(now + pause.toNanos(), failed.why());
        if (now - nextWarning >= 0) {
            nextWarning = now + WARNINGS.toNanos();
            LOG.warn("An event is sent again until it is taken: {}", failed.reason());
        }
    }

    /** Another node drains: what is under way here ends, and the rest is its business. */
    private void stepBack() {
        lanes.values().removeIf(lane -> !lane.isUnderWay());
        lanes.values().forEach(Lane::forgetOthers);
        mayHaveNews = true;
        tell(State.EMPTY);
    }

    private void report() throws SQLException {
        if (System.nanoTime() - nextReport >= 0) {
            tell(table.state());
        }
    }

    private void tell(State state) {
        nextReport = System.nanoTime() + REPORTS.toNanos();
        observer.outbox(state.waiting(), state.oldest(), state.parked());
    }

    private Duration pause() {
        var shortest = options.poll();
        long now = System.nanoTime();
        for (var lane : lanes.values()) {
            var rest = lane.pause(now);
            if (rest != null && rest.compareTo(shortest) < 0) {
                shortest = rest;
            }
        }
        return shortest;
    }

    /**
     * Takes note of what has ended, and begins nothing more.
     *
     * @return whether something is still under way
     */
    @Override
    public boolean finish() throws SQLException {
        settle();
        stepBack();
        return !lanes.isEmpty();
    }
}
