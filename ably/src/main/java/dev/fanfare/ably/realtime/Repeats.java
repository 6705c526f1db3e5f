package dev.fanfare.ably.realtime;

import java.util.LinkedHashSet;

/**
 * Knows by its number what a client sends again, for it has lost its transport before it was
 * answered: that is answered then, and not done again, unless it was refused. A connection's
 * numbers only grow. Lives on the connection's event loop.
 */
final class Repeats {
    /** Of so many it is remembered that they were refused: the last. */
    static final int MOST_REFUSED = 1_000;

    private final LinkedHashSet<Long> refused = new LinkedHashSet<>();
    private long highest = -1;

    /** Whether it was done, or is being done. */
    boolean has(long msgSerial) {
        return msgSerial <= highest && !refused.contains(msgSerial);
    }

    /** It is being done. */
    void add(long msgSerial) {
        refused.remove(msgSerial);
        highest = Math.max(highest, msgSerial);
    }

    /** It was not done, and may be tried again. */
    void refuse(long msgSerial) {
        refused.addLast(msgSerial);
        if (refused.size() > MOST_REFUSED) {
            refused.removeFirst();
        }
    }
}
