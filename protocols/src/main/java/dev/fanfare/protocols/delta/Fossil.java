package dev.fanfare.protocols.delta;

/**
 * Deltas in the format of Fossil, the version control system: the bytes of a target, told as copies
 * from a base and as insertions.
 *
 * <pre>
 * delta   = length LF *( copy | insert ) checksum ";"
 * copy    = length "@" offset ","       that many bytes of the base, from the offset
 * insert  = length ":" bytes            that many bytes, as they stand here
 * </pre>
 *
 * Numbers are those of {@link Digits}; the first length and the checksum are the target's. The
 * delta is not always the shorter one: look before sending it.
 */
public final class Fossil {
    private Fossil() {}

    public static byte[] delta(byte[] base, byte[] target) {
        return new DeltaMaker(base, target, Boundaries.BYTES).make();
    }

    /**
     * A delta that is text itself: it takes no character of UTF-8 apart.
     *
     * @param base in UTF-8
     * @param target in UTF-8
     */
    public static byte[] textDelta(byte[] base, byte[] target) {
        return new DeltaMaker(base, target, Boundaries.CHARACTERS).make();
    }

    /** The target of a delta of this base. */
    public static byte[] apply(byte[] base, byte[] delta) throws DeltaException {
        return new DeltaReader(base, delta).read();
    }

    /** The sum of all bytes, read as big-endian words of 32 bits, the last filled up with zeros. */
    static int checksum(byte[] bytes) {
        int sum = 0;
        for (int at = 0; at < bytes.length; at++) {
            sum += (bytes[at] & 0xFF) << (24 - 8 * (at & 3));
        }
        return sum;
    }
}
