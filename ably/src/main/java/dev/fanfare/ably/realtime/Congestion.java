package dev.fanfare.ably.realtime;

/**
 * Judges whether a client reads too slowly. What it asks for at once, or a burst, may be more than
 * the limit: that waits for it as long as it goes on reading. It reads too slowly if it takes
 * nothing for a while, or if too much comes on top meanwhile. Lives on its transport's event loop.
 */
final class Congestion {
    /** So long a client may take nothing of what is too much; in milliseconds. */
    static final long PATIENCE = 5_000;

    /** What comes on top of what is too much may be so many times the limit. */
    static final int MOST_ON_TOP = 3;

    private final long limit;
    private long waits;
    private boolean moves;

    /** Since when it has taken nothing, as far as we have looked; in milliseconds since 1970. */
    private long movedAt;

    /** More may not wait; 0: no more waits than the limit. */
    private long most;

    /**
     * @param limit in bytes
     */
    Congestion(long limit) {
        this.limit = limit;
    }

    /** So many bytes wait now. The more often it is told, the better it sees what is taken. */
    void see(long bytes) {
        moves |= bytes < waits;
        waits = bytes;
        if (!isOver()) {
            most = 0;
        }
    }

    /** Whether more waits than the limit. */
    boolean isOver() {
        return waits > limit;
    }

    /**
     * At the end of a turn, where it is over the limit.
     *
     * @param now in milliseconds since 1970
     */
    boolean isTooMuch(long now) {
        if (most == 0) {
            most = waits + MOST_ON_TOP * limit;
            moves = true;
        }
        if (moves) {
            moves = false;
            movedAt = now;
        }
        return waits > most || now - movedAt >= PATIENCE;
    }
}
