package dev.fanfare.check.history;

import org.jspecify.annotations.Nullable;

/**
 * What one connection hears on one channel. It hears nothing before {@link Began}; a connection's
 * end ends its subscriptions.
 */
public sealed interface Subscription extends Fact {
    String connection();

    String channel();

    /** What the server says about continuing. */
    enum Recovery {
        /** The client did not ask for it. */
        NOT_ASKED,
        RECOVERED,
        LOST,
        /** The client asked, and is told only if something is lost, by a gap. */
        UNTOLD
    }

    /**
     * The server has said that the subscription is there, or the connection with it. What it missed
     * follows as {@link Received}.
     *
     * @param since where the client asked to continue; null: it did not
     * @param position what the answer says: the top of the stream, so where the client stands once
     *     it has got what it missed; null: it says nothing
     * @param tells whether this client is promised a word when it misses something
     * @param hearsMembers whether it is told who comes and goes
     */
    record Began(
            String connection,
            String channel,
            @Nullable Position since,
            @Nullable Position position,
            Recovery recovery,
            boolean tells,
            boolean hearsMembers)
            implements Subscription {}

    /**
     * @param message from the payload
     * @param position null: the protocol does not tell it
     * @param id that the server gave the publication; null: the protocol does not tell it
     */
    record Received(
            String connection,
            String channel,
            String message,
            @Nullable Position position,
            @Nullable String id)
            implements Subscription {}

    /**
     * The server says that publications are lost to this client.
     *
     * @param position after which it will hear again; null on channels without history
     */
    record GapTold(String connection, String channel, @Nullable Position position)
            implements Subscription {}

    /**
     * Recorded before the client asks for it, or when the server tells it.
     *
     * @param byClient the client wanted it
     * @param code that the server gave; 0: none
     */
    record Ended(String connection, String channel, boolean byClient, int code)
            implements Subscription {}
}
