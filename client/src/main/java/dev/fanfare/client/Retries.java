package dev.fanfare.client;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** Tries requests again whose failure may pass. Any thread. */
final class Retries {
    /** How long the first retry waits; each further one waits twice as long, up to the longest. */
    private static final long FIRST_DELAY_MILLIS = 100;

    private static final long LONGEST_DELAY_MILLIS = 2_000;

    private final Exchange exchange;
    private final int most;

    Retries(RealtimeConfig config) {
        exchange = new Exchange(config.timeout());
        most = config.retries();
    }

    /**
     * Completes with what is read of the answer, or with a {@link RealtimeException}.
     *
     * @param what for messages: what is asked for, and where
     * @param reading throws a {@link RealtimeException} for an answer that is a failure
     */
    <T> CompletableFuture<T> send(
            String what, HttpRequest request, Function<HttpResponse<String>, T> reading) {
        return send(what, request, reading, 1);
    }

    private <T> CompletableFuture<T> send(
            String what,
            HttpRequest request,
            Function<HttpResponse<String>, T> reading,
            int tries) {
        return exchange.send(request)
                .thenApply(reading)
                .exceptionallyCompose(
                        thrown -> {
                            var failure = exchange.failure(what, thrown);
                            return failure.code().isTemporary() && tries <= most
                                    ? after(tries)
                                            .thenCompose(
                                                    nothing ->
                                                            send(what, request, reading, tries + 1))
                                    : failedFuture(failure);
                        });
    }

    /** With some chance in it, so that many who failed together do not come back together. */
    private static CompletableFuture<Void> after(int tries) {
        long longest =
                Math.min(FIRST_DELAY_MILLIS << Math.min(tries - 1, 10), LONGEST_DELAY_MILLIS);
        long delay = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
        return CompletableFuture.runAsync(() -> {}, delayedExecutor(delay, MILLISECONDS));
    }
}
