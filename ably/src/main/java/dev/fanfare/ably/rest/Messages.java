package dev.fanfare.ably.rest;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Operation;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Publication;
import dev.fanfare.protocols.ably.Publications;
import dev.fanfare.protocols.ably.Serials;
import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** {@code /channels/{channel}/messages}: what is published on a channel, and what was. */
final class Messages {
    private static final int FORCED_NACK = 40099;

    private final Publishing publishing;

    Messages(Publishing publishing) {
        this.publishing = publishing;
    }

    /** POST: one message, or an array of them. */
    CompletionStage<Reply> publish(Call call) throws Denied {
        if (call.query().isTrue("_forceNack")) {
            throw Errors.denied(FORCED_NACK, "_forceNack: true (expected: false to publish)");
        }
        var channel = call.ask().variables().getFirst();
        return publishing
                .publish(call, channel, MessageBodies.messages(call.ask().body()))
                .thenApply(
                        receipt -> {
                            var tree = new LinkedHashMap<String, Object>();
                            tree.put("channel", channel);
                            tree.putAll(receipt.tree());
                            return Reply.created(tree);
                        });
    }

    /** GET: what the channel has kept. */
    CompletionStage<Reply> list(Call call) throws Denied {
        var channel = call.channel(Operation.HISTORY);
        var channels = call.app().channels();
        return HistoryWalk.read(
                        query -> channels.history(channel, query),
                        Span.of(call.query()),
                        shownTo(call))
                .thenApply(
                        found ->
                                Paging.reply(
                                        call.ask(),
                                        found.publications().stream()
                                                .map(Publications::message)
                                                .toList(),
                                        Cursor.of(found.next())));
    }

    /** GET of one by its serial. */
    CompletionStage<Reply> show(Call call) throws Denied {
        var channel = call.channel(Operation.HISTORY);
        var serial = call.ask().variables().getLast();
        var position = Serials.position(serial);
        if (position == null || position.offset() == 0) {
            throw Errors.notFound("message: " + serial);
        }
        var before = position.at(position.offset() - 1);
        return call.app()
                .channels()
                .history(channel, HistoryQuery.after(before, 1))
                .thenCompose(
                        history ->
                                history.publications().stream()
                                        .filter(each -> each.position().equals(position))
                                        .filter(shownTo(call))
                                        .findFirst()
                                        .map(Messages::shown)
                                        .orElseGet(() -> missing(serial)));
    }

    /** PATCH of one: what is published stays as it is. */
    CompletionStage<Reply> change(Call call) throws Denied {
        call.channel(Operation.PUBLISH);
        throw MessageBodies.unchangeable(call.ask().variables().getLast());
    }

    private static CompletionStage<Reply> shown(Publication publication) {
        return CompletableFuture.completedFuture(Reply.ok(Publications.message(publication)));
    }

    private static CompletionStage<Reply> missing(String serial) {
        return CompletableFuture.failedFuture(Errors.notFound("message: " + serial));
    }

    /** Not to those whom a message is kept from. */
    private static Predicate<Publication> shownTo(Call call) {
        var clientId = call.clientId();
        var reader = new ClientInfo("", clientId == null ? "" : clientId);
        return publication -> publication.message().audience().includes(reader);
    }
}
