package dev.fanfare.server.config;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.session.SessionRules.MessageBudget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where clients connect.
 *
 * @param connect who may, beyond having a valid token
 * @param channels what a client gets that names none; {@code {user}} stands for its user's id
 * @param anonymous whether a client may come in without a token, as nobody in particular; only
 *     where tokens come in band
 * @param budget of messages from one client; null: no limit
 */
public record Endpoint(
        String path,
        Transport transport,
        AccessRule connect,
        List<String> channels,
        Connections connections,
        boolean anonymous,
        @Nullable MessageBudget budget) {
    private static final String USER = "{user}";

    /** How publications reach the client. */
    public enum Transport {
        WEBSOCKET,
        SSE,
        NDJSON,
        /** The protocol compatible with Centrifugo, on WebSocket. */
        CENTRIFUGE;

        /** Whether a client says in band who it is. */
        public boolean isInBand() {
            return this == CENTRIFUGE;
        }
    }

    /** What several connections of one user mean. */
    public enum Connections {
        ALL,
        /** A new one replaces the older, which is told why. */
        NEWEST
    }

    public Endpoint {
        channels = List.copyOf(channels);
    }

    /** The names of the automatic channels. A client without a user gets none that needs one. */
    public List<String> channelsOf(String user) {
        return channels.stream()
                .filter(channel -> !user.isEmpty() || !channel.contains(USER))
                .map(channel -> channel.replace(USER, user))
                .toList();
    }
}
