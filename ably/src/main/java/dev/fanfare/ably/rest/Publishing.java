package dev.fanfare.ably.rest;

import static java.util.Objects.requireNonNullElse;

import dev.fanfare.ably.access.Access;
import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.access.Operation;
import dev.fanfare.ably.channel.Author;
import dev.fanfare.ably.channel.Submission;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.protocols.ably.WireMessage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Publishes what requests bring. Any thread. */
final class Publishing {
    private static final int BAD_CONNECTION_KEY = 40006;

    /**
     * What is said of published messages.
     *
     * @param messageId what their ids begin with
     */
    record Receipt(String messageId, List<String> serials) {
        Receipt {
            serials = List.copyOf(serials);
        }

        Map<String, Object> tree() {
            var tree = new LinkedHashMap<String, Object>();
            tree.put("messageId", messageId);
            tree.put("serials", serials);
            return tree;
        }
    }

    private final Connections connections;
    private final Supplier<String> messageIds;

    /**
     * @param messageIds a new, never repeated one
     */
    Publishing(Connections connections, Supplier<String> messageIds) {
        this.connections = connections;
        this.messageIds = messageIds;
    }

    /** All of them or none; see {@link Submission}. */
    CompletionStage<Receipt> publish(Call call, String channel, List<WireMessage> messages)
            throws Denied {
        if (messages.isEmpty()) {
            throw Errors.bad("messages", "none", "at least one");
        }
        var base = requireNonNullElse(base(messages.getFirst()), messageIds.get());
        return Submission.of(
                        call.app().channels(),
                        call.channel(Operation.PUBLISH, channel),
                        author(call, messages),
                        base,
                        messages,
                        call.app().limits().messageSize())
                .publish()
                .thenApply(serials -> new Receipt(base, serials));
    }

    private static @Nullable String base(WireMessage message) {
        var id = message.id();
        if (id == null) {
            return null;
        }
        int colon = id.lastIndexOf(':');
        return colon < 0 ? id : id.substring(0, colon);
    }

    /** In the name of a connection, where the messages have its key. */
    private Author author(Call call, List<WireMessage> messages) throws Denied {
        var keys =
                messages.stream()
                        .map(message -> message.sender().connectionKey())
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList();
        if (keys.isEmpty()) {
            return new Author(call.access(), "");
        }
        var connection =
                keys.size() > 1 ? null : connections.find(call.app().id(), keys.getFirst());
        if (connection == null) {
            throw Errors.bad(
                    BAD_CONNECTION_KEY, "connectionKey", "no such key", "of one open connection");
        }
        return new Author(as(connection, call.access()), connection.client());
    }

    /** Whoever may act as any client acts as the connection's. */
    private static Access as(ClientInfo connection, Access access) {
        return connection.isAnonymous()
                        || connection.user().equals(Access.ANY)
                        || !Access.ANY.equals(access.clientId())
                ? access
                : new Access(
                        access.app(),
                        access.keyName(),
                        access.byKey(),
                        access.capability(),
                        connection.user(),
                        access.term());
    }
}
