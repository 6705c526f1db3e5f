package dev.fanfare.check.history;

import org.jspecify.annotations.Nullable;

/** One connection of a client, from the moment the server let it in. */
public sealed interface Connection extends Fact {
    /** Of the connection; unique in the run. */
    String connection();

    /**
     * @param client that has this connection, and others before and after it
     * @param user that the client connects as
     * @param id that the server gave the connection; null: it does not tell
     */
    record Opened(
            String connection,
            String client,
            String user,
            String protocol,
            String node,
            @Nullable String id)
            implements Connection {}

    /**
     * Recorded before the client ends it, or when it finds that it has ended.
     *
     * @param byClient the client wanted it
     * @param code that the server gave; 0: none, it was lost
     */
    record Ended(String connection, boolean byClient, int code, String why) implements Connection {}
}
