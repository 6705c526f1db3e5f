package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} has written. What cannot be read is an {@link
 * IllegalArgumentException} that says where and why. Not thread-safe.
 */
final class ByteReader {
    private static final int MAX_SHIFT = 28;

    private final byte[] bytes;
    private int at;

    ByteReader(byte[] bytes, int from) {
        this.bytes = bytes;
        at = from;
    }

    int octet() {
        need(1);
        return bytes[at++] & 0xff;
    }

    int number() {
        int value = 0;
        for (int shift = 0; shift <= MAX_SHIFT; shift += 7) {
            int octet = octet();
            value |= (octet & 0x7f) << shift;
            if (octet < 0x80 && value >= 0) {
                return value;
            }
        }
        throw wrong("a number that is too large");
    }

    String text() {
        int length = number();
        need(length);
        at += length;
        return new String(bytes, at - length, length, UTF_8);
    }

    Payload payload() {
        var format = format(octet());
        int length = number();
        need(length);
        at += length;
        return length == 0 && format == Payload.Format.BINARY
                ? Payload.NONE
                : Payload.of(Arrays.copyOfRange(bytes, at - length, at), format);
    }

    ClientInfo client() {
        return new ClientInfo(text(), text(), payload(), payload());
    }

    /** All that is left. */
    byte[] rest() {
        var rest = Arrays.copyOfRange(bytes, at, bytes.length);
        at = bytes.length;
        return rest;
    }

    Payload.Format format(int code) {
        return switch (code) {
            case 0 -> Payload.Format.JSON;
            case 1 -> Payload.Format.TEXT;
            case 2 -> Payload.Format.BINARY;
            default -> throw wrong("payload format " + code + " (expected: 0 to 2)");
        };
    }

    void end() {
        if (at < bytes.length) {
            throw wrong((bytes.length - at) + " bytes too many");
        }
    }

    IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(
                "%s at byte %d of %d".formatted(what, at, bytes.length));
    }

    private void need(int more) {
        if (more > bytes.length - at) {
            throw wrong("ends too early (expected: %d bytes more)".formatted(more));
        }
    }
}
