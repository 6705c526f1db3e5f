package dev.fanfare.server.application;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.failedFuture;

import dev.fanfare.client.Delivery;
import dev.fanfare.client.Event;
import dev.fanfare.client.RealtimeException;
import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.channel.PublishOutcome;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.server.publish.PublishBody;
import dev.fanfare.server.publish.PublishBody.Entry;
import dev.fanfare.server.publish.PublishLimits;
import java.util.concurrent.CompletableFuture;

/**
 * The way of events of applications in this process: no network between, but the same checks as
 * those that come over HTTP.
 */
public final class DirectDelivery implements Delivery {
    private final Channels channels;
    private final PublishLimits limits;

    public DirectDelivery(Channels channels, PublishLimits limits) {
        this.channels = channels;
        this.limits = limits;
    }

    @Override
    public CompletableFuture<Void> deliver(Event event) {
        return switch (PublishBody.parse(event.body().getBytes(UTF_8), limits)) {
            case PublishBody.One(Entry.Wanted(var draft)) -> publish(draft);
            case PublishBody.One(Entry.Refused(var refusal)) -> failedFuture(failure(refusal));
            case PublishBody.Rejected(var refusal) -> failedFuture(failure(refusal));
            case PublishBody.Many _ ->
                    throw new IllegalStateException("body: many (expected: one)");
        };
    }

    private CompletableFuture<Void> publish(Draft draft) {
        return channels.publish(draft)
                .thenAccept(
                        outcome -> {
                            if (outcome instanceof PublishOutcome.Refused(var refusal)) {
                                throw failure(refusal);
                            }
                        })
                .toCompletableFuture();
    }

    private static RealtimeException failure(Refusal refusal) {
        var code = refusal.code() == ErrorCode.UNAVAILABLE ? Code.UNAVAILABLE : Code.REFUSED;
        return new RealtimeException(code, refusal.message(), (Throwable) null);
    }
}
