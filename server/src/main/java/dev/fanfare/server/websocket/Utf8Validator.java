package dev.fanfare.server.websocket;

import static java.nio.ByteOrder.BIG_ENDIAN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Tells whether bytes that arrive in pieces are UTF-8 (RFC 3629), at the first byte that cannot be.
 * Remembers what the next byte must be; ASCII is skipped eight bytes at a time, which {@code
 * IncomingBytesBenchmark} justifies.
 */
final class Utf8Validator {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, BIG_ENDIAN);
    private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

    /** Continuation bytes still to come in the character under way. */
    private int missing;

    /** The range of the next of them. */
    private int lowest = 0x80;

    private int highest = 0xBF;

    static boolean isValid(byte[] bytes, int from, int to) {
        var validator = new Utf8Validator();
        return validator.accepts(bytes, from, to) && validator.isComplete();
    }

    /**
     * Whether the bytes go on from the earlier ones; after a false it must not be used any more.
     */
    boolean accepts(byte[] bytes, int from, int to) {
        int index = from;
        while (index < to) {
            if (missing == 0) {
                index = skipAscii(bytes, index, to);
            }
            if (index < to && !accepts(bytes[index++] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the last character is whole. */
    boolean isComplete() {
        return missing == 0;
    }

    private static int skipAscii(byte[] bytes, int from, int to) {
        int index = from;
        while (index <= to - Long.BYTES && ((long) LONG.get(bytes, index) & NOT_ASCII) == 0) {
            index += Long.BYTES;
        }
        return index;
    }

    private boolean accepts(int octet) {
        if (missing == 0) {
            return octet < 0x80 || begins(octet);
        }
        if (octet < lowest || octet > highest) {
            return false;
        }
        expect(missing - 1, 0x80, 0xBF);
        return true;
    }

    /**
     * The table of RFC 3629, section 4: no overlong forms, no surrogates, nothing above U+10FFFF.
     */
    private boolean begins(int octet) {
        if (octet < 0xC2 || octet > 0xF4) {
            return false;
        }
        switch (octet) {
            case 0xE0 -> expect(2, 0xA0, 0xBF);
            case 0xED -> expect(2, 0x80, 0x9F);
            case 0xF0 -> expect(3, 0x90, 0xBF);
            case 0xF4 -> expect(3, 0x80, 0x8F);
            default -> expect(octet < 0xE0 ? 1 : octet < 0xF0 ? 2 : 3, 0x80, 0xBF);
        }
        return true;
    }

    private void expect(int missing, int lowest, int highest) {
        this.missing = missing;
        this.lowest = lowest;
        this.highest = highest;
    }
}
