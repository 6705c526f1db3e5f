package dev.fanfare.push;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A service that brings notifications to devices. Any thread; nothing blocks. */
public interface PushProvider extends AutoCloseable {
    /**
     * How much it takes.
     *
     * @param notifications in one request
     * @param tickets in one request for receipts
     * @param requests at once
     */
    record Limits(int notifications, int tickets, int requests) {}

    Limits limits();

    /**
     * One ticket for each, in their order.
     *
     * @param notifications not more than the limit
     */
    CompletableFuture<List<Ticket>> send(List<Notification> notifications);

    /**
     * The receipts that there are, by ticket. Fails with a {@link PushOutage}.
     *
     * @param tickets not more than the limit
     */
    CompletableFuture<Map<String, Receipt>> receipts(List<String> tickets);

    /** What is under way may be lost. */
    @Override
    default void close() {}
}
