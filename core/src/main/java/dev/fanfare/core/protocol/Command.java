package dev.fanfare.core.protocol;

import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import org.jspecify.annotations.Nullable;

/** What a client can ask for. Channel names are as the client wrote them: unchecked. */
public sealed interface Command {
    record Ping() implements Command {}

    /**
     * @param since replay what was published after it; null: only what comes from now on
     */
    record Subscribe(String channel, @Nullable StreamPosition since) implements Command {}

    record Unsubscribe(String channel) implements Command {}

    /**
     * @param event the payload's event; null: none is named
     */
    record Publish(String channel, @Nullable String event, Payload payload) implements Command {}

    record Presence(String channel) implements Command {}

    record History(String channel, HistoryQuery query) implements Command {}

    /** Something the codec could not read, on a protocol that answers and goes on. */
    record Unreadable(Refusal why) implements Command {}
}
