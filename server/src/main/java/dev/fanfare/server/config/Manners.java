package dev.fanfare.server.config;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint of our own JSON does beside passing on what is published.
 *
 * @param greeting what a client hears first
 * @param deprecation what is said to who still uses it; null: clients may go on
 * @param queryToken whether a token may come in the query
 * @param presence channels where a client counts as present without listening
 * @param schemaVersion that messages tell which tell none of their own; null: they go out as they
 *     are
 */
public record Manners(
        Greeting greeting,
        @Nullable Deprecation deprecation,
        boolean queryToken,
        List<String> presence,
        @Nullable Integer schemaVersion) {
    /** The first message of a connection. */
    public enum Greeting {
        /** There is none. */
        NONE,
        /** Who the client is; behind it the state of things, where an application gives it. */
        SYNC_CONNECTED,
        /** Who the client is. */
        WS_ACK,
        /** Who is present on the endpoint's channels, and what was published there lately. */
        MONITOR_SNAPSHOT
    }

    /**
     * The endpoint should not be used any more (RFC 9745).
     *
     * @param sunset when it ends (RFC 8594); null: nobody knows yet
     * @param successor what to use instead; null: nothing does the same
     */
    public record Deprecation(Instant since, @Nullable Instant sunset, @Nullable URI successor) {}

    public Manners {
        presence = List.copyOf(presence);
    }

    /** Of an endpoint about which nothing is special. */
    static Manners usual(boolean queryToken) {
        return new Manners(Greeting.NONE, null, queryToken, List.of(), null);
    }
}
