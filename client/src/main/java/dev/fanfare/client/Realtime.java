package dev.fanfare.client;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.failedFuture;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

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
    private final Exchange exchange;

    /** A request, and what it is about. */
    private record Call(String channel, HttpRequest request) {
        String what() {
            return channel + " (" + request.uri() + ")";
        }
    }

    public Realtime(RealtimeConfig config) {
        this.config = config;
        exchange = new Exchange(config.timeout());
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
        return Blocking.await(channel, publishAsync(channel, message, idempotencyKey));
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
                            var failure = exchange.failure(call.what(), thrown);
                            return failure.code().isTemporary() && tries <= config.retries()
                                    ? after(tries).thenCompose(nothing -> call(call, tries + 1))
                                    : failedFuture(failure);
                        });
    }

    private CompletableFuture<Published> post(Call call) {
        return exchange.send(call.request())
                .thenApply(answer -> Answer.read(call.what(), answer.statusCode(), answer.body()));
    }

    /** With some chance in it, so that many who failed together do not come back together. */
    private static CompletableFuture<Void> after(int tries) {
        long longest =
                Math.min(FIRST_DELAY_MILLIS << Math.min(tries - 1, 10), LONGEST_DELAY_MILLIS);
        long delay = ThreadLocalRandom.current().nextLong(longest / 2, longest + 1);
        return CompletableFuture.runAsync(() -> {}, delayedExecutor(delay, MILLISECONDS));
    }
}
