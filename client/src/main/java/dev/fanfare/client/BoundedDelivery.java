package dev.fanfare.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fanfare.client.Succession.Turn;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A way with a certain number of events at once; the others wait in the order in which they came,
 * and no thread with them. Any thread; whoever ends a delivery begins the next one.
 */
final class BoundedDelivery implements Delivery {
    private final Delivery delivery;
    private final Succession succession;

    @GuardedBy("this")
    private final Queue<Turn> waiting = new ArrayDeque<>();

    @GuardedBy("this")
    private int free;

    /**
     * @param most events under way at once
     */
    BoundedDelivery(Delivery delivery, int most) {
        this.delivery = delivery;
        succession = new Succession(delivery, ended -> next());
        free = most;
    }

    @Override
    public CompletableFuture<Void> deliver(Event event) {
        var turn = Turn.of(event);
        synchronized (this) {
            if (free == 0) {
                waiting.add(turn);
                return turn.done();
            }
            free--;
        }
        succession.run(turn);
        return turn.done();
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
