package dev.fanfare.push;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the table what has become of notifications, one request after the other, each in a
 * transaction. On the relay's thread only.
 */
final class Settlement {
    private static final Logger LOG = LoggerFactory.getLogger(PushRelay.class);
    private static final Duration WARNINGS = Duration.ofSeconds(10);

    private final Jdbi database;
    private final PushOptions options;
    private final Pace pace;
    private final PushObserver observer;
    private long nextWarning = System.nanoTime();

    Settlement(Jdbi database, PushOptions options, Pace pace, PushObserver observer) {
        this.database = database;
        this.options = options;
        this.pace = pace;
        this.observer = observer;
    }

    /** Throws where the database cannot be used; nothing is settled then. */
    void settle(Ended ended) {
        switch (ended) {
            case Ended.Sent sent -> settle(sent);
            case Ended.Asked asked -> settle(asked);
            case Ended.Failed(var why) -> {
                var _ = pace.failed(why.retryAfter());
                warn(why);
            }
        }
    }

    private void settle(Ended.Sent sent) {
        var outage = outage(sent.tickets());
        if (outage == null) {
            pace.answered();
        } else {
            warn(outage);
        }
        var pause = outage == null ? Duration.ZERO : pace.failed(outage.retryAfter());
        committed(
                (transaction, told) -> {
                    var now = QueueTable.now(transaction);
                    for (int i = 0; i < sent.entries().size(); i++) {
                        var entry = sent.entries().get(i);
                        switch (sent.tickets().get(i)) {
                            case Ticket.Taken(var id) -> {
                                var receiptAt = now.plus(options.receiptsAfter());
                                QueueTable.sent(transaction, entry.id(), id, receiptAt);
                                told.add(observer::sent);
                            }
                            case Ticket.Unknown(var why) -> {
                                QueueTable.sendAgain(transaction, entry.id(), now.plus(pause));
                                told.add(() -> observer.retried(why.error()));
                            }
                            case Ticket.Refused(var error, var message) ->
                                    refused(transaction, told, Row.of(entry), error, message);
                        }
                    }
                });
    }

    private static @Nullable PushOutage outage(List<Ticket> tickets) {
        for (var ticket : tickets) {
            if (ticket instanceof Ticket.Unknown(var why)) {
                return why;
            }
        }
        return null;
    }

    private void settle(Ended.Asked asked) {
        pace.answered();
        committed(
                (transaction, told) -> {
                    var tooOld = QueueTable.now(transaction).minus(PushOptions.RECEIPTS_KEPT);
                    for (var row : asked.rows()) {
                        switch (asked.receipts().get(row.ticket())) {
                            case null -> {
                                if (row.createdAt().isBefore(tooOld)) {
                                    QueueTable.remove(transaction, row.id());
                                    told.add(() -> observer.failed(PushError.NO_RECEIPT));
                                }
                            }
                            case Receipt.Delivered() -> QueueTable.remove(transaction, row.id());
                            case Receipt.Refused(var error, var message) ->
                                    refused(transaction, told, Row.of(row), error, message);
                        }
                    }
                });
    }

    private interface Work {
        /**
         * @param told what the observer hears once it is committed
         */
        void in(Handle transaction, List<Runnable> told);
    }

    private void committed(Work work) {
        var told = new ArrayList<Runnable>();
        database.useTransaction(transaction -> work.in(transaction, told));
        told.forEach(Runnable::run);
    }

    /** What a refusal is about. */
    private record Row(long id, int attempts, OffsetDateTime createdAt, String token) {
        static Row of(Entry entry) {
            return new Row(
                    entry.id(), entry.attempts(), entry.createdAt(), entry.notification().token());
        }

        static Row of(Unconfirmed row) {
            return new Row(row.id(), row.attempts(), row.createdAt(), row.token());
        }
    }

    private void refused(
            Handle transaction, List<Runnable> told, Row row, PushError error, String message) {
        if (error == PushError.RATE_EXCEEDED) {
            var at = QueueTable.now(transaction).plus(pace.pauseAfter(row.attempts()));
            QueueTable.sendAgain(transaction, row.id(), at);
            told.add(() -> observer.retried(error));
            return;
        }
        QueueTable.remove(transaction, row.id());
        if (error == PushError.DEVICE_NOT_REGISTERED) {
            if (DeviceTokens.forget(transaction, row.token(), row.createdAt())) {
                told.add(observer::tokenRemoved);
            }
        } else {
            told.add(() -> LOG.warn("Notification {} is given up: {}", row.id(), message));
        }
        told.add(() -> observer.failed(error));
    }

    private void warn(PushOutage outage) {
        long now = System.nanoTime();
        if (now - nextWarning >= 0) {
            nextWarning = now + WARNINGS.toNanos();
            LOG.warn("Notifications are sent again until they are taken: {}", outage.getMessage());
        }
    }
}
