package dev.fanfare.client;

import java.util.concurrent.CompletableFuture;

/** A way, and who watches it. */
record ObservedDelivery(Delivery delivery, String way, PublishObserver observer)
        implements Delivery {
    @Override
    public CompletableFuture<Void> deliver(Event event) {
        long began = System.nanoTime();
        return delivery.deliver(event)
                .whenComplete(
                        (nothing, failure) -> {
                            if (failure == null) {
                                observer.delivered(way, System.nanoTime() - began);
                            }
                        });
    }

    @Override
    public void close() {
        delivery.close();
    }
}
