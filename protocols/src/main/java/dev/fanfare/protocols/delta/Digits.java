package dev.fanfare.protocols.delta;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** The digits of numbers, 64 of them in the order of ASCII: the highest comes first. */
final class Digits {
    static final int BITS = 6;

    private static final int NONE = -1;
    private static final byte[] DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~".getBytes(ISO_8859_1);
    private static final byte[] VALUES = values();

    private Digits() {}

    static byte of(int value) {
        return DIGITS[value];
    }

    /** What the character is worth; negative when it is no digit. */
    static int value(byte character) {
        return character < 0 ? NONE : VALUES[character];
    }

    /** How many digits the number has. */
    static int count(int number) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(number);
        return Math.max(1, (bits + BITS - 1) / BITS);
    }

    private static byte[] values() {
        var values = new byte[128];
        Arrays.fill(values, (byte) NONE);
        for (int value = 0; value < DIGITS.length; value++) {
            values[DIGITS[value]] = (byte) value;
        }
        return values;
    }
}
