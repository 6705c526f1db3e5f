package dev.fanfare.client;

import dev.fanfare.client.RealtimeException.Code;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for what comes later. */
final class Blocking {
    private Blocking() {}

    /**
     * @param what for messages: what is waited for
     * @throws RealtimeException that it failed with
     */
    static <T> T await(String what, CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RealtimeException failure) {
                throw (RealtimeException) failure.fillInStackTrace(); // it came about elsewhere
            }
            throw new IllegalStateException(what + ": failed (expected: an answer)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RealtimeException(Code.INTERRUPTED, what + ": interrupted", e);
        }
    }
}
