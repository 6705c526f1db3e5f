package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Access;

/** When a connection needs other credentials. Lives on its event loop. */
final class Renewal {
    /** In milliseconds before the end. */
    private static final long ASK_AHEAD = 30_000;

    /** With less left a client comes too late, so it is not asked; in milliseconds. */
    private static final long LEAST_NOTICE = 5_000;

    private final Access.Term term;
    private boolean decided;

    Renewal(Access.Term term) {
        this.term = term;
    }

    boolean isOver(long now) {
        return now >= term.expiresAt();
    }

    /** Whether the client is to be asked for another token now: once at most. */
    boolean asks(long now) {
        long left = term.expiresAt() - now;
        if (decided || left > ASK_AHEAD) {
            return false;
        }
        decided = true;
        return left > LEAST_NOTICE;
    }
}
