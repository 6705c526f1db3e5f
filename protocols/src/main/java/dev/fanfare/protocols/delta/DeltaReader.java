package dev.fanfare.protocols.delta;

import java.io.ByteArrayOutputStream;

/** Reads one delta. For one thread. */
final class DeltaReader {
    private final byte[] base;
    private final byte[] delta;
    private final ByteArrayOutputStream target = new ByteArrayOutputStream();
    private int at;

    DeltaReader(byte[] base, byte[] delta) {
        this.base = base;
        this.delta = delta;
    }

    byte[] read() throws DeltaException {
        long length = number("length");
        expect('\n', "length");
        while (true) {
            int start = at;
            long number = number("command");
            switch (next("command")) {
                case '@' -> copy(number, start, length);
                case ':' -> insert(number, start, length);
                case ';' -> {
                    return end(number, length);
                }
                default -> throw wrong("command", start, "'@', ':' or ';' after its number");
            }
        }
    }

    private void copy(long count, int start, long length) throws DeltaException {
        long offset = number("offset");
        expect(',', "copy");
        if (offset + count > base.length) {
            throw wrong("copy", start, "at most the base's " + base.length + " bytes");
        }
        requireRoom(count, start, length);
        target.write(base, (int) offset, (int) count);
    }

    private void insert(long count, int start, long length) throws DeltaException {
        if (count > delta.length - at) {
            throw wrong(
                    "insert", start, "at most the " + (delta.length - at) + " bytes that follow");
        }
        requireRoom(count, start, length);
        target.write(delta, at, (int) count);
        at += (int) count;
    }

    /** Nobody has to hold more than the delta has announced. */
    private void requireRoom(long count, int start, long length) throws DeltaException {
        if (count > length - target.size()) {
            throw wrong("command", start, "a target of " + length + " bytes");
        }
    }

    private byte[] end(long checksum, long length) throws DeltaException {
        if (at < delta.length) {
            throw wrong("end", at, "nothing after the checksum");
        }
        if (target.size() != length) {
            throw new DeltaException("length: " + target.size() + " (expected: " + length + ")");
        }
        var bytes = target.toByteArray();
        long actual = Integer.toUnsignedLong(Fossil.checksum(bytes));
        if (actual != checksum) {
            throw new DeltaException("checksum: " + actual + " (expected: " + checksum + ")");
        }
        return bytes;
    }

    /** At least one digit, and 32 bits at most. */
    private long number(String what) throws DeltaException {
        int start = at;
        long number = 0;
        int digit;
        while (at < delta.length && (digit = Digits.value(delta[at])) >= 0) {
            number = (number << Digits.BITS) + digit;
            if (number > 0xFFFF_FFFFL) {
                throw wrong(what, start, "a number of at most 32 bits");
            }
            at++;
        }
        if (at == start) {
            throw wrong(what, start, "a number");
        }
        return number;
    }

    private void expect(char character, String what) throws DeltaException {
        int start = at;
        if (next(what) != character) {
            throw wrong(what, start, "its end, the character " + (int) character);
        }
    }

    private byte next(String what) throws DeltaException {
        if (at == delta.length) {
            throw wrong(what, at, "more than the delta has");
        }
        return delta[at++];
    }

    private static DeltaException wrong(String what, int at, String expected) {
        return new DeltaException(what + ": at byte " + at + " (expected: " + expected + ")");
    }
}
