package dev.fanfare.server.api;

import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.session.UserCommand;
import dev.fanfare.server.cluster.Glob;
import java.util.List;

/** What a backend asks for, read. Whether the channels exist is not known yet. */
sealed interface ApiCommand {
    record Publish(Draft draft) implements ApiCommand {}

    /** The same to each of these channels. */
    record Broadcast(List<Draft> drafts) implements ApiCommand {
        public Broadcast {
            drafts = List.copyOf(drafts);
        }
    }

    record Presence(String channel) implements ApiCommand {}

    record PresenceStats(String channel) implements ApiCommand {}

    record History(String channel, HistoryQuery query) implements ApiCommand {}

    record HistoryRemove(String channel) implements ApiCommand {}

    /** Those with subscribers whose names fit. */
    record Channels(Glob names) implements ApiCommand {}

    record Nodes() implements ApiCommand {}

    /** Something that is to be done to a user's connections. */
    record Tell(UserCommand command) implements ApiCommand {}

    /** The same where it is about a channel, which has to exist. */
    record TellOnChannel(String channel, UserCommand command) implements ApiCommand {}

    /** Well-formed JSON that asks for nothing we can do. */
    record Refused(ApiError error) implements ApiCommand {}
}
