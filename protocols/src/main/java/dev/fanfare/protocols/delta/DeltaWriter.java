package dev.fanfare.protocols.delta;

import java.io.ByteArrayOutputStream;

/** Writes a delta, part by part. For one thread. */
final class DeltaWriter {
    private final ByteArrayOutputStream bytes;

    /**
     * @param capacity how many bytes there is room for before it must grow
     */
    DeltaWriter(int capacity) {
        bytes = new ByteArrayOutputStream(capacity);
    }

    void begin(int length) {
        number(length);
        bytes.write('\n');
    }

    void copy(int length, int offset) {
        number(length);
        bytes.write('@');
        number(offset);
        bytes.write(',');
    }

    void insert(byte[] source, int start, int end) {
        if (start == end) {
            return;
        }
        number(end - start);
        bytes.write(':');
        bytes.write(source, start, end - start);
    }

    byte[] end(int checksum) {
        number(checksum);
        bytes.write(';');
        return bytes.toByteArray();
    }

    private void number(int number) {
        for (int digit = Digits.count(number) - 1; digit >= 0; digit--) {
            bytes.write(Digits.of(number >>> (digit * Digits.BITS) & 0x3F));
        }
    }
}
