package dev.fanfare.client.jdbc;

import dev.fanfare.client.Delivery;
import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.RealtimeException;
import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.jdbc.OutboxTable.State;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
final class Drain {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

    /** Channels with something under way or at rest. */
    private static final int MOST_LANES = 1_000;

    private static final Duration REPORTS = Duration.ofSeconds(5);
    private static final Duration WARNINGS = Duration.ofSeconds(10);

    /** A delivery that is over; without a failure the server has taken the event. */
    private record Ended(Lane lane, Entry entry, @Nullable RealtimeException failure) {
        boolean isDelivered() {
            return failure == null;
        }

        /** Another attempt would have no other end. */
        boolean isHopeless() {
            return failure != null
                    && (failure.code() == Code.REFUSED || failure.code() == Code.INVALID);
        }
    }

    private final OutboxTable table;
    private final Lease lease;
    private final Delivery delivery;
    private final RelayOptions options;
    private final PublishObserver observer;
    private final Runnable onEnd;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();

    /** Over, but the table does not say so yet. */
    private final List<Ended> unsettled = new ArrayList<>();

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
    }

    /**
     * Does what can be done now.
     *
     * @return how long nothing will be to do, unless something ends or is added
     */
    Duration turn() throws SQLException {
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

    private boolean read() throws SQLException {
        if (lanes.size() >= MOST_LANES) {
            return false;
        }
        var entries = table.read(options.batch(), lanes.keySet());
        for (var entry : entries) {
            lanes.computeIfAbsent(entry.channel(), channel -> new Lane()).add(entry);
        }
        return entries.size() == options.batch();
    }

    private void send(Lane lane) {
        var entry = lease.isHeld() ? lane.next(System.nanoTime()) : null;
        if (entry != null) {
            var unused =
                    deliver(entry)
                            .whenComplete(
                                    (nothing, failure) -> {
                                        ended.add(new Ended(lane, entry, failure(failure)));
                                        onEnd.run();
                                    });
        }
    }

    private CompletableFuture<Void> deliver(Entry entry) {
        try {
            return delivery.deliver(entry.event());
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static @Nullable RealtimeException failure(@Nullable Throwable thrown) {
        var cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause == null || cause instanceof RealtimeException) {
            return (RealtimeException) cause;
        }
        var code = cause instanceof IllegalArgumentException ? Code.INVALID : Code.UNEXPECTED;
        return new RealtimeException(code, String.valueOf(cause.getMessage()), cause);
    }

    /** The table first: what it does not know is not over. */
    private void settle() throws SQLException {
        for (var each = ended.poll(); each != null; each = ended.poll()) {
            unsettled.add(each);
        }
        var delivered = unsettled.stream().filter(Ended::isDelivered).map(Ended::entry).toList();
        if (!delivered.isEmpty()) {
            table.delete(delivered);
            lanes.values().forEach(Lane::serverIsBack);
        }
        for (var each : unsettled) {
            if (each.isHopeless()) {
                table.park(each.entry, reason(each));
            }
        }
        unsettled.forEach(this::goOn);
        unsettled.clear();
        lanes.values().removeIf(Lane::isEmpty);
    }

    private void goOn(Ended each) {
        var failure = each.failure;
        if (failure == null) {
            each.lane.goOn();
        } else if (each.isHopeless()) {
            LOG.error("Event {} is parked: {}", each.entry.eventId(), reason(each));
            observer.parked(failure.code());
            each.lane.goOn();
        } else {
            rest(each.lane, failure);
        }
    }

    private static String reason(Ended each) {
        return each.failure == null ? "" : String.valueOf(each.failure.getMessage());
    }

    private void rest(Lane lane, RealtimeException failure) {
        observer.retried(failure.code());
        long now = System.nanoTime();
        var pause = options.pause(lane.fail(), ThreadLocalRandom.current().nextDouble());
        lane.rest(now + pause.toNanos(), failure.code());
        if (now - nextWarning >= 0) {
            nextWarning = now + WARNINGS.toNanos();
            LOG.warn("An event is sent again until it is taken: {}", failure.getMessage());
        }
    }

    /** Another node drains: what is under way here ends, and the rest is its business. */
    private void stepBack() {
        lanes.values().removeIf(lane -> !lane.isUnderWay());
        lanes.values().forEach(Lane::forgetOthers);
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
    boolean finish() throws SQLException {
        settle();
        stepBack();
        return !lanes.isEmpty();
    }
}
