package dev.fanfare.client;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.fanfare.client.RealtimeException.Code;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;

/**
 * Publishes over the server's HTTP API. Failures that may pass are tried again, with an idempotency
 * key, so that a message is delivered once. Thread-safe; one is enough for a program.
 *
 * <pre>{@code
 * var realtime = Realtime.fromEnvironment();
 * realtime.publish(Channels.user(userId), QueryInvalidation.of("user", "notifications"));
 * }</pre>
 */
public final class Realtime {
    /** How long the first retry waits; each further one waits twice as long, up to the longest. */
    private static final long FIRST_DELAY_MILLIS = 100;

    private static final long LONGEST_DELAY_MILLIS = 2_000;

    private final RealtimeConfig config;
    private final HttpClient http;

    /** A request, and what it is about. */
    private record Call(String channel, HttpRequest request) {
        String what() {
            return channel + " (" + request.uri() + ")";
        }
    }

    public Realtime(RealtimeConfig config) {
        this.config = config;
        http = HttpClient.newBuilder().connectTimeout(config.timeout()).build();
    }

    /** As {@link RealtimeConfig#fromEnvironment} says. */
    public static Realtime fromEnvironment() {
        return new Realtime(RealtimeConfig.fromEnvironment());
    }

    /**
     * @throws RealtimeException where the message was not published
     */
    public Published publish(String channel, Message message) {
        return publish(channel, message, UUID.randomUUID().toString());
    }

    /**
     * @param idempotencyKey two publishes to a channel with the same key are delivered once
     * @throws RealtimeException where the message was not published
     */
    public Published publish(String channel, Message message, String idempotencyKey) {
        var published = publishAsync(channel, message, idempotencyKey);
        try {
            return published.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RealtimeException failure) {
                throw (RealtimeException) failure.fillInStackTrace(); // it came about elsewhere
            }
            throw new IllegalStateException("publish: failed (expected: an answer)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RealtimeException(Code.INTERRUPTED, channel + ": interrupted", e);
        }
    }

    /** Completes with a {@link RealtimeException} where the message was not published. */
    public CompletableFuture<Published> publishAsync(String channel, Message message) {
        return publishAsync(channel, message, UUID.randomUUID().toString());
    }

    /**
     * Completes with a {@link RealtimeException} where the message was not published.
     *
     * @param idempotencyKey two publishes to a channel with the same key are delivered once
     */
    public CompletableFuture<Published> publishAsync(
            String channel, Message message, String idempotencyKey) {
        var body =
                Json.write(
                        Map.of(
                                "channel", channel,
                                "data", message.members(),
                                "idempotency_key", idempotencyKey));
        var request =
                HttpRequest.newBuilder(config.method("publish"))
                        .header("Content-Type", "application/json")
                        .header("X-API-Key", config.apiKey())
                        .timeout(config.timeout())
                        .POST(BodyPublishers.ofString(body))
                        .build();
        return call(new Call(channel, request), 1);
    }

    private CompletableFuture<Published> call(Call call, int tries) {
        return post(call)
                .exceptionallyCompose(
                        thrown -> {
                            var failure = failure(call, thrown);
                            return failure.code().isTemporary() && tries <= config.retries()
                                    ? after(tries).thenCompose(nothing -> call(call, tries + 1))
                                    : failedFuture(failure);
                        });
    }

    /** The time-out of a request ends with the head of the answer; this one holds for all of it. */
    private CompletableFuture<Published> post(Call call) {
        var exchange = http.sendAsync(call.request(), BodyHandlers.ofString());
        return exchange.copy()
                .orTimeout(config.timeout().toMillis(), MILLISECONDS)
                .whenComplete((answer, failure) -> exchange.cancel(true))
                .thenApply(answer -> Answer.read(call.what(), answer.statusCode(), answer.body()));
    }

    private RealtimeException failure(Call call, Throwable thrown) {
        var cause = thrown;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof RealtimeException failure) {
            return failure;
        }
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            var within = config.timeout().toMillis() + " ms";
            return new RealtimeException(
                    Code.TIMEOUT, call.what() + ": no answer within " + within, cause);
        }
        var code = cause instanceof IOException ? Code.UNREACHABLE : Code.UNEXPECTED;
        return new RealtimeException(code, call.what() + ": " + cause, cause);
    }

    /** With some chance in it, so that many who failed together do not come back together. */
    private static CompletableFuture<Void> after(int tries) {
        long longest =
                Math.min(FIRST_DELAY_MILLIS << Math.min(tries - 1, 10), LONGEST_DELAY_MILLIS);
        long delay = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
        return CompletableFuture.runAsync(() -> {}, delayedExecutor(delay, MILLISECONDS));
    }
}
