package dev.fanfare.client;

import static java.util.concurrent.CompletableFuture.failedFuture;

import dev.fanfare.client.RealtimeException.Code;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A way, and another for when the first cannot be used at the moment. What the server refuses by
 * the first way, for good or for now, is refused. After a time-out the first way rests for a
 * second, so that not every event has to wait for one of its own.
 */
public final class FallbackDelivery implements Delivery {
    private static final Duration REST = Duration.ofSeconds(1);

    private final Delivery first;
    private final Delivery second;
    private final PublishObserver observer;
    private volatile long restsUntil = System.nanoTime();

    public FallbackDelivery(Delivery first, Delivery second, PublishObserver observer) {
        this.first = first;
        this.second = second;
        this.observer = observer;
    }

    @Override
    public CompletableFuture<Void> deliver(Event event) {
        if (System.nanoTime() - restsUntil < 0) {
            observer.fellBack(Code.TIMEOUT);
            return second.deliver(event).exceptionallyCompose(failure -> first.deliver(event));
        }
        return first.deliver(event).exceptionallyCompose(failure -> fallBack(event, failure));
    }

    private CompletableFuture<Void> fallBack(Event event, Throwable thrown) {
        if (!(Exchange.cause(thrown) instanceof RealtimeException failure)
                || !isDown(failure.code())) {
            return failedFuture(thrown);
        }
        if (failure.code() == Code.TIMEOUT) {
            restsUntil = System.nanoTime() + REST.toNanos();
        }
        observer.fellBack(failure.code());
        return second.deliver(event)
                .exceptionallyCompose(other -> failedFuture(both(failure, Exchange.cause(other))));
    }

    private static boolean isDown(Code code) {
        return switch (code) {
            case TIMEOUT, UNREACHABLE, UNAVAILABLE -> true;
            case UNAUTHORIZED, REFUSED, UNEXPECTED, BUSY, FULL, CLOSED, INVALID, INTERRUPTED ->
                    false;
        };
    }

    /** The first way decides whether another time may help. */
    private static RealtimeException both(RealtimeException first, Throwable second) {
        return new RealtimeException(
                first.code(), first.getMessage() + "; and " + second.getMessage(), second);
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
