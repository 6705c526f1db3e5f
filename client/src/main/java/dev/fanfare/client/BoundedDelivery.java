package dev.fanfare.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A way with a certain number of events at once; the others wait in the order in which they came,
 * and no thread with them. Any thread; whoever ends a delivery begins the next one.
 */
final class BoundedDelivery implements Delivery {
    private record Turn(Event event, CompletableFuture<Void> done) {}

    private final Delivery delivery;

    @GuardedBy("this")
    private final Queue<Turn> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private int free;

    /**
     * @param most events under way at once
     */
    BoundedDelivery(Delivery delivery, int most) {
        this.delivery = delivery;
        free = most;
    }

    @Override
    public CompletableFuture<Void> deliver(Event event) {
        var turn = new Turn(event, new CompletableFuture<>());
        synchronized (this) {
            if (free == 0) {
                waiting.add(turn);
                return turn.done;
            }
            free--;
        }
        run(turn);
        return turn.done;
    }

    /** Deliveries that are done at once follow one another here, not inside each other. */
    private void run(Turn first) {
        for (var turn = first; turn != null; ) {
            var delivered = begin(turn.event);
            if (!delivered.isDone()) {
                goOnAfter(turn, delivered);
                return;
            }
            turn = end(turn, delivered);
        }
    }

    private CompletableFuture<Void> begin(Event event) {
        try {
            return delivery.deliver(event);
        } catch (Throwable e) { // whatever it is: its place is free again
            return CompletableFuture.failedFuture(e);
        }
    }

    private void goOnAfter(Turn turn, CompletableFuture<Void> delivered) {
        var unused =
                delivered.whenComplete(
                        (nothing, failure) -> {
                            var next = end(turn, delivered);
                            if (next != null) {
                                run(next);
                            }
                        });
    }

    private @Nullable Turn end(Turn turn, CompletableFuture<Void> delivered) {
        var next = next();
        var unused =
                delivered.whenComplete(
                        (nothing, failure) -> {
                            if (failure == null) {
                                turn.done.complete(null);
                            } else {
                                turn.done.completeExceptionally(Exchange.cause(failure));
                            }
                        });
        return next;
    }

    private synchronized @Nullable Turn next() {
        var next = waiting.poll();
        if (next == null) {
            free++;
        }
        return next;
    }

    @Override
    public void close() {
        delivery.close();
    }
}
