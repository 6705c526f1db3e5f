package dev.fanfare.client;

import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.RealtimeException.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Keeps what it is given until the test decides. */
final class FakeDelivery implements Delivery {
    /** An event, and how it ends. */
    record Given(Event event, CompletableFuture<Void> future) {
        void succeed() {
            future.complete(null);
        }

        void fail(Code code) {
            future.completeExceptionally(failure(code));
        }
    }

    final List<Given> given = new CopyOnWriteArrayList<>();
    volatile boolean isClosed;

    /** How each event ends at once; null: as the test says. */
    private volatile @Nullable CompletableFuture<Void> answer;

    static FakeDelivery waiting() {
        return new FakeDelivery();
    }

    static FakeDelivery succeeding() {
        var delivery = new FakeDelivery();
        delivery.answer = CompletableFuture.completedFuture(null);
        return delivery;
    }

    static FakeDelivery failing(Code code) {
        var delivery = new FakeDelivery();
        delivery.answer = CompletableFuture.failedFuture(failure(code));
        return delivery;
    }

    static RealtimeException failure(Code code) {
        return new RealtimeException(code, "no: " + code, (Reply) null);
    }

    @Override
    public CompletableFuture<Void> deliver(Event event) {
        var now = answer;
        var future = now == null ? new CompletableFuture<Void>() : now;
        given.add(new Given(event, future));
        return future;
    }

    List<String> payloads() {
        return given.stream().map(each -> each.event().payload()).toList();
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
