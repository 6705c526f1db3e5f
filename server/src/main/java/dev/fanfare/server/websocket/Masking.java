package dev.fanfare.server.websocket;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * The masking of client frames (RFC 6455, section 5.3), undone eight octets at a time, which {@code
 * IncomingBytesBenchmark} justifies.
 */
final class Masking {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);

    private Masking() {}

    /**
     * Applies the mask, whose highest octet belongs to the one at {@code from}. Applied twice, it
     * does nothing.
     */
    static void apply(int mask, byte[] bytes, int from, int to) {
        long wide = (long) mask << 32 | Integer.toUnsignedLong(mask);
        int index = from;
        for (; index <= to - Long.BYTES; index += Long.BYTES) {
            LONG.set(bytes, index, (long) LONG.get(bytes, index) ^ wide);
        }
        for (int rest = mask; index < to; index++) {
            rest = Integer.rotateLeft(rest, 8);
            bytes[index] ^= (byte) rest;
        }
    }

    /** The mask for what follows after so many octets. */
    static int after(int octets, int mask) {
        return Integer.rotateLeft(mask, (octets & 3) * 8);
    }
}
