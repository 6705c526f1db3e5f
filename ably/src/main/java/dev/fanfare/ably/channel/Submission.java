package dev.fanfare.ably.channel;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.channel.PublishOutcome;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.protocols.ably.Publications;
import dev.fanfare.protocols.ably.Serials;
import dev.fanfare.protocols.ably.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Messages to be published together on one channel, checked: one that cannot be published keeps all
 * from being so. What is submitted again under the same ids is published once.
 */
public final class Submission {
    private record Piece(@Nullable ClientInfo publisher, Draft draft) {}

    private final Channels channels;
    private final ResolvedChannel channel;
    private final List<Piece> pieces;

    private Submission(Channels channels, ResolvedChannel channel, List<Piece> pieces) {
        this.channels = channels;
        this.channel = channel;
        this.pieces = pieces;
    }

    /**
     * @param base what the ids of messages without one begin with
     * @param mostBytes of all messages together
     * @throws Denied where one of them cannot be published
     */
    public static Submission of(
            Channels channels,
            ResolvedChannel channel,
            Author author,
            String base,
            List<WireMessage> messages,
            int mostBytes)
            throws Denied {
        var ids = MessageIds.of(messages, base, author.connectionId());
        Size.checkMessages(messages, mostBytes);
        var pieces = new ArrayList<Piece>(messages.size());
        for (int index = 0; index < messages.size(); index++) {
            var message = messages.get(index);
            var publisher = author.publisher(author.client(message.sender().clientId()));
            var draft =
                    new Draft(
                            channel.channel().name(),
                            ids.get(index),
                            message.name(),
                            Publications.payload(message),
                            Audience.EVERYONE);
            var refusal = channels.refusal(channel, draft);
            if (refusal != null) {
                throw new Denied(Refusals.info(refusal));
            }
            pieces.add(new Piece(publisher, draft));
        }
        return new Submission(channels, channel, pieces);
    }

    /**
     * @return completes with the serials of the messages
     */
    public CompletionStage<List<String>> publish() {
        var outcomes = pieces.stream().map(this::publish).toList();
        return CompletableFuture.allOf(outcomes.toArray(CompletableFuture[]::new))
                .thenApply(nothing -> outcomes.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<String> publish(Piece piece) {
        var outcome =
                piece.publisher() == null
                        ? channels.publish(piece.draft())
                        : channels.publishAs(piece.publisher(), channel, piece.draft());
        return outcome.thenCompose(Submission::serial).toCompletableFuture();
    }

    private static CompletionStage<String> serial(PublishOutcome outcome) {
        return switch (outcome) {
            case PublishOutcome.Accepted accepted ->
                    CompletableFuture.completedFuture(Serials.ofMessage(accepted.position()));
            case PublishOutcome.Refused(var refusal) ->
                    CompletableFuture.failedFuture(new Denied(Refusals.info(refusal)));
        };
    }
}
