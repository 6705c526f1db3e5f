package dev.fanfare.client;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

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
    private final RealtimeConfig config;
    private final Retries retries;

    public Realtime(RealtimeConfig config) {
        this.config = config;
        retries = new Retries(config);
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
        var what = channel + " (" + request.uri() + ")";
        return retries.send(
                what, request, answer -> Answer.read(what, answer.statusCode(), answer.body()));
    }
}
