package dev.fanfare.server.config;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.session.SessionRules.MessageBudget;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place where clients connect.
 *
 * @param connect who may, beyond having a valid token
 * @param channels what a client gets that names none; {@code {user}} stands for its user's id
 * @param inBand what only transports have whose clients say in band who they are
 * @param manners what only our own JSON has
 */
public record Endpoint(
        String path,
        Transport transport,
        AccessRule connect,
        List<String> channels,
        Allowance allowance,
        InBand inBand,
        Manners manners) {
    private static final String USER = "{user}";

    /**
     * How publications reach the client. Those named {@code centrifuge} speak the protocol
     * compatible with Centrifugo, those with {@code uni} only its pushes.
     */
    public enum Transport {
        WEBSOCKET,
        SSE,
        NDJSON,
        /** On WebSocket. */
        CENTRIFUGE,
        CENTRIFUGE_HTTP_STREAM,
        CENTRIFUGE_SSE,
        CENTRIFUGE_UNI_WEBSOCKET,
        CENTRIFUGE_UNI_SSE,
        CENTRIFUGE_UNI_HTTP_STREAM,
        /** No connection, just an answer: for clients that warm up before they connect. */
        CENTRIFUGE_INIT;

        /** Our own JSON. */
        boolean isPlain() {
            return this == WEBSOCKET || this == SSE || this == NDJSON;
        }

        /** Whether a client says in band who it is. */
        public boolean isInBand() {
            return !isPlain() && this != CENTRIFUGE_INIT;
        }

        /** Whether the client says who it is and then only listens. */
        public boolean isUnidirectional() {
            return this == CENTRIFUGE_UNI_WEBSOCKET || isUnidirectionalStream();
        }

        /** The same in an HTTP response. */
        public boolean isUnidirectionalStream() {
            return this == CENTRIFUGE_UNI_SSE || this == CENTRIFUGE_UNI_HTTP_STREAM;
        }

        /** Whether its clients' commands come by requests of their own. */
        public boolean isEmulated() {
            return this == CENTRIFUGE_HTTP_STREAM || this == CENTRIFUGE_SSE;
        }
    }

    /**
     * How much of it there may be.
     *
     * @param budget of messages from one client; null: no limit
     */
    public record Allowance(Connections connections, @Nullable MessageBudget budget) {}

    /** What several connections of one user mean. */
    public enum Connections {
        ALL,
        /** A new one replaces the older, which is told why. */
        NEWEST
    }

    /**
     * @param anonymous whether a client may come in without a token, as nobody in particular
     * @param anonymousTokens whether one may with a token that names no user
     * @param userHeader the header in which a proxy that is trusted names the user, and no token is
     *     needed; null: there is no such proxy
     * @param insecure as anonymous, and everything is allowed: for development
     */
    public record InBand(
            boolean anonymous,
            boolean anonymousTokens,
            @Nullable String userHeader,
            boolean insecure,
            Unidirectional unidirectional) {
        public static final InBand USUAL =
                new InBand(false, true, null, false, Unidirectional.USUAL);

        public boolean takesNobody() {
            return anonymous || insecure;
        }
    }

    /**
     * How a client hears that it cannot come in, or has to go, where it only hears pushes.
     *
     * @param disconnects in place of errors, by the error's number
     * @param answers over HTTP in place of a stream, by the number of the error or the disconnect
     * @param closingHandshake of WebSocket; without it the TCP connection just ends
     * @param disconnectPush whether it is told by a push too, on WebSocket
     * @param joined whether several pushes may share a frame
     */
    public record Unidirectional(
            Map<Integer, Disconnect> disconnects,
            Map<Integer, Answer> answers,
            boolean closingHandshake,
            boolean disconnectPush,
            boolean joined) {
        public static final Unidirectional USUAL =
                new Unidirectional(Map.of(), Map.of(), true, true, false);

        public Unidirectional {
            disconnects = Map.copyOf(disconnects);
            answers = Map.copyOf(answers);
        }
    }

    /** An answer over HTTP. */
    public record Answer(int status, String body) {}

    public Endpoint {
        channels = List.copyOf(channels);
    }

    public Connections connections() {
        return allowance.connections();
    }

    public @Nullable MessageBudget budget() {
        return allowance.budget();
    }

    /** The names of the automatic channels. A client without a user gets none that needs one. */
    public List<String> channelsOf(String user) {
        return channels.stream()
                .filter(channel -> !user.isEmpty() || !channel.contains(USER))
                .map(channel -> channel.replace(USER, user))
                .toList();
    }
}
