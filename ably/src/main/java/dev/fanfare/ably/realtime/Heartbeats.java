package dev.fanfare.ably.realtime;

import java.util.random.RandomGenerator;

/**
 * Keeps a line from being silent for too long, and notices where the other side is. Times are in
 * milliseconds. Lives on the transport's event loop.
 */
final class Heartbeats {
    /** What is to be done now. */
    enum Due {
        NOTHING,
        BEAT,
        /** The client has not answered for so long that it is gone. */
        DEAD
    }

    private final boolean inWords;
    private final long interval;
    private final long patience;
    private boolean heard;
    private long heardAt;
    private long nextBeat;

    /**
     * @param inWords whether the client sees nothing but words
     * @param idle the longest time without a word that the client was promised
     * @param random spreads first beats over the second half of the interval, so that connections
     *     made together part
     */
    Heartbeats(boolean inWords, long idle, long now, RandomGenerator random) {
        this.inWords = inWords;
        interval = idle * 2 / 3;
        patience = 2 * idle;
        heardAt = now;
        nextBeat = now + interval / 2 + random.nextLong(interval / 2 + 1);
    }

    boolean inWords() {
        return inWords;
    }

    /** Something came, whatever it was. */
    void heard() {
        heard = true;
    }

    /**
     * @param answered whether a client that is there answers each beat
     */
    Due at(long now, boolean answered) {
        if (heard) {
            heard = false;
            heardAt = now;
        }
        if (answered && now - heardAt > patience) {
            return Due.DEAD;
        }
        if (now < nextBeat) {
            return Due.NOTHING;
        }
        nextBeat = now + interval;
        return Due.BEAT;
    }
}
