package dev.fanfare.client;

import java.util.concurrent.CompletableFuture;

/** One way to the server. Any thread. */
@FunctionalInterface
public interface Delivery extends AutoCloseable {
    /**
     * Never blocks. Completes when the event is taken; fails with a {@link RealtimeException},
     * whose code says whether another way, or another time, may help.
     */
    CompletableFuture<Void> deliver(Event event);

    /**
     * The same way, watched.
     *
     * @param way what it is called in metrics: {@code http}, {@code redis}
     */
    default Delivery observed(String way, PublishObserver observer) {
        return new ObservedDelivery(this, way, observer);
    }

    /** What is under way may be lost. */
    @Override
    default void close() {}
}
