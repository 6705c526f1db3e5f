package dev.fanfare.protocols.delta;

/**
 * The hash of a window of {@link #BLOCK} bytes: their sum, and their sum weighted by how far they
 * are from the window's end. Moving on by one byte takes two additions. For one thread.
 */
final class RollingHash {
    static final int BLOCK = 16;

    private final byte[] bytes;
    private int at;
    private int sum;
    private int weighted;

    /**
     * @param at where the window begins; all of it is there
     */
    RollingHash(byte[] bytes, int at) {
        this.bytes = bytes;
        begin(at);
    }

    int at() {
        return at;
    }

    int value() {
        return (weighted << 16) ^ sum;
    }

    /** As far as all of the window is there. */
    void moveTo(int start) {
        if (start == at + 1) {
            next();
        } else {
            begin(start);
        }
    }

    private void begin(int start) {
        at = start;
        sum = 0;
        weighted = 0;
        for (int index = start; index < start + BLOCK; index++) {
            sum += bytes[index];
            weighted += sum;
        }
    }

    private void next() {
        sum += bytes[at + BLOCK] - bytes[at];
        weighted += sum - BLOCK * bytes[at];
        at++;
    }
}
