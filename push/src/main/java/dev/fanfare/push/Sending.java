package dev.fanfare.push;

import dev.fanfare.client.jdbc.Lease;
import dev.fanfare.client.jdbc.RelayThread;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Empties the queue, in turns: what has ended is written into the table, then the next requests
 * begin. On the relay's thread, but for requests that end: these are put into a queue.
 */
final class Sending implements RelayThread.Work {
    private static final Logger LOG = LoggerFactory.getLogger(PushRelay.class);
    private static final Duration SWEEPS = Duration.ofSeconds(5);

    private final Jdbi database;
    private final Lease lease;
    private final PushProvider provider;
    private final PushOptions options;
    private final PushObserver observer;
    private final Runnable onEnd;
    private final Pace pace;
    private final Settlement settlement;
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();

    /** Requests that are under way, or not settled yet. */
    private int requests;

    /** The rows that they send. A request may last longer than a claim. */
    private final Set<Long> underWay = new HashSet<>();

    private long nextRenewal = System.nanoTime();

    private long nextSweep = System.nanoTime();

    /**
     * @param onEnd called when there is something to do; on any thread
     */
    Sending(
            Jdbi database,
            Lease lease,
            PushProvider provider,
            PushOptions options,
            PushObserver observer,
            Pace pace,
            Runnable onEnd) {
        this.database = database;
        this.lease = lease;
        this.provider = provider;
        this.options = options;
        this.observer = observer;
        this.onEnd = onEnd;
        this.pace = pace;
        settlement = new Settlement(database, options, pace, observer);
    }

    /**
     * Does what can be done now.
     *
     * @return how long nothing will be to do, unless something ends or is added
     */
    @Override
    public Duration turn() throws SQLException {
        try {
            return proceed();
        } catch (JdbiException e) { // the database, all the same
            throw new SQLException(e.getMessage(), e);
        }
    }

    private Duration proceed() throws SQLException {
        settle();
        if (!lease.hold()) {
            observer.queue(0, Duration.ZERO, 0);
            return options.poll();
        }
        renew();
        sweep();
        boolean mayBeMore = true;
        while (mayBeMore && mayAsk()) {
            mayBeMore = sendSome();
        }
        mayBeMore = true;
        while (mayBeMore && mayAsk()) {
            mayBeMore = askSome();
        }
        return options.poll();
    }

    private boolean mayAsk() {
        return lease.isHeld() && requests < provider.limits().requests() && pace.pause().isZero();
    }

    /** Before claims end: what is under way is not sent a second time. */
    private void renew() {
        if (underWay.isEmpty() || System.nanoTime() - nextRenewal < 0) {
            return;
        }
        database.useTransaction(
                transaction -> QueueTable.renew(transaction, underWay, options.claim()));
        nextRenewal = System.nanoTime() + options.claim().dividedBy(3).toNanos();
    }

    /** Now and then, and before anything else is sent: what is too old is not sent any more. */
    private void sweep() {
        if (System.nanoTime() - nextSweep >= 0) {
            nextSweep = System.nanoTime() + SWEEPS.toNanos();
            expire();
            var state = database.withHandle(QueueTable::state);
            observer.queue(state.waiting(), state.oldest(), state.unconfirmed());
        }
    }

    private void expire() {
        int expired =
                database.inTransaction(
                        transaction -> QueueTable.expire(transaction, options.giveUpAfter()));
        if (expired > 0) {
            LOG.warn(
                    "{} notifications are given up: not sent within {} s",
                    expired,
                    options.giveUpAfter().toSeconds());
        }
        for (int i = 0; i < expired; i++) {
            observer.failed(PushError.EXPIRED);
        }
        var age = PushOptions.RECEIPTS_KEPT.plus(options.receiptsAfter());
        int unknown = database.inTransaction(transaction -> QueueTable.forget(transaction, age));
        for (int i = 0; i < unknown; i++) {
            observer.failed(PushError.NO_RECEIPT);
        }
    }

    private boolean sendSome() {
        renew();
        int most = provider.limits().notifications();
        var entries =
                database.inTransaction(
                        transaction -> QueueTable.claim(transaction, most, options.claim()));
        if (entries.isEmpty()) {
            return false;
        }
        requests++;
        if (underWay.isEmpty()) {
            nextRenewal = System.nanoTime() + options.claim().dividedBy(3).toNanos();
        }
        entries.forEach(entry -> underWay.add(entry.id()));
        var _ =
                sent(entries.stream().map(Entry::notification).toList())
                        .whenComplete(
                                (tickets, failure) ->
                                        end(
                                                new Ended.Sent(
                                                        entries,
                                                        tickets(entries, tickets, failure))));
        return entries.size() == most;
    }

    private CompletableFuture<List<Ticket>> sent(List<Notification> notifications) {
        try {
            return provider.send(notifications);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A provider that breaks its word has not sent anything that we know of. */
    private static List<Ticket> tickets(
            List<Entry> entries, @Nullable List<Ticket> tickets, @Nullable Throwable failure) {
        if (tickets != null && tickets.size() == entries.size()) {
            return tickets;
        }
        var unknown = new Ticket.Unknown(outage(failure));
        return entries.stream().map(entry -> (Ticket) unknown).toList();
    }

    private boolean askSome() {
        int most = provider.limits().tickets();
        var rows =
                database.inTransaction(
                        transaction ->
                                QueueTable.unconfirmed(transaction, most, options.receiptsAfter()));
        if (rows.isEmpty()) {
            return false;
        }
        requests++;
        var _ =
                asked(rows.stream().map(Unconfirmed::ticket).toList())
                        .whenComplete(
                                (receipts, failure) ->
                                        end(
                                                receipts == null
                                                        ? new Ended.Failed(outage(failure))
                                                        : new Ended.Asked(rows, receipts)));
        return rows.size() == most;
    }

    private CompletableFuture<Map<String, Receipt>> asked(List<String> tickets) {
        try {
            return provider.receipts(tickets);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static PushOutage outage(@Nullable Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof PushOutage outage) {
            return outage;
        }
        LOG.error("The provider of notifications: a mistake of its own", cause);
        return new PushOutage(PushError.INVALID_ANSWER, "a mistake of the provider", null);
    }

    /** On any thread. */
    private void end(Ended end) {
        ended.add(end);
        onEnd.run();
    }

    /** What the table cannot be told now stays, and is told first when it can. */
    private void settle() {
        for (var each = ended.peek(); each != null; each = ended.peek()) {
            settlement.settle(each);
            ended.remove();
            requests--;
            if (each instanceof Ended.Sent(var entries, _)) {
                entries.forEach(entry -> underWay.remove(entry.id()));
            }
        }
    }

    /**
     * Takes note of what has ended, and begins nothing more.
     *
     * @return whether something is still under way
     */
    @Override
    public boolean finish() {
        settle();
        return requests > 0;
    }
}
