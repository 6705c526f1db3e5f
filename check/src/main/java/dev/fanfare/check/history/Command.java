package dev.fanfare.check.history;

import org.jspecify.annotations.Nullable;

/** What a backend wants done to a user's connections, and what became of it. */
public sealed interface Command extends Fact {
    /** Of the request; unique in the run. */
    long command();

    /** What is to be done. */
    enum Kind {
        DISCONNECT,
        SUBSCRIBE,
        UNSUBSCRIBE
    }

    /**
     * Recorded before it is sent.
     *
     * @param channel null where none is meant
     */
    record Sent(long command, Kind kind, String user, @Nullable String channel, String node)
            implements Command {}

    record Acknowledged(long command) implements Command {}

    /** It was refused, or nobody knows. */
    record Failed(long command, String why) implements Command {}
}
