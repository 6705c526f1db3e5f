package dev.fanfare.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sends an event, and when it is delivered or has failed the one whose turn is next. Who that is
 * others decide. Any thread; whoever ends a delivery begins the next one.
 */
final class Succession {
    /** An event that waits or is under way, and who waits for it. */
    record Turn(Event event, CompletableFuture<Void> done) {
        static Turn of(Event event) {
            return new Turn(event, new CompletableFuture<>());
        }
    }

    /** Whose turn is next when this one has ended; null: nobody's. */
    @FunctionalInterface
    interface Next extends Function<Turn, @Nullable Turn> {}

    private final Delivery delivery;
    private final Next next;

    Succession(Delivery delivery, Next next) {
        this.delivery = delivery;
        this.next = next;
    }

    /** Deliveries that are done at once follow one another here, not inside each other. */
    void run(Turn first) {
        for (var turn = first; turn != null; ) {
            var delivered = begin(turn.event());
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
        } catch (Throwable e) { // whatever it is: those behind it go on
            return CompletableFuture.failedFuture(e);
        }
    }

    private void goOnAfter(Turn turn, CompletableFuture<Void> delivered) {
        var unused =
                delivered.whenComplete(
                        (nothing, failure) -> {
                            var successor = end(turn, delivered);
                            if (successor != null) {
                                run(successor);
                            }
                        });
    }

    private @Nullable Turn end(Turn turn, CompletableFuture<Void> delivered) {
        var successor = next.apply(turn);
        var unused =
                delivered.whenComplete(
                        (nothing, failure) -> {
                            if (failure == null) {
                                turn.done().complete(null);
                            } else {
                                turn.done().completeExceptionally(Exchange.cause(failure));
                            }
                        });
        return successor;
    }
}
