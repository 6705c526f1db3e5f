package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import java.util.Arrays;

/**
 * Writes the binary form of what nodes tell one another; {@link ByteReader} reads it. Numbers take
 * seven bits a byte, the lowest first; texts and payloads come after their lengths. Not
 * thread-safe.
 */
final class ByteWriter {
    private byte[] bytes;
    private int size;

    ByteWriter(int expected) {
        bytes = new byte[expected];
    }

    ByteWriter octet(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
        return this;
    }

    /**
     * @param value 0 or more
     */
    ByteWriter number(int value) {
        int rest = value;
        while (rest >= 0x80) {
            octet(rest | 0x80);
            rest >>>= 7;
        }
        return octet(rest);
    }

    ByteWriter text(String text) {
        var encoded = text.getBytes(UTF_8);
        return number(encoded.length).raw(encoded);
    }

    ByteWriter payload(Payload payload) {
        return octet(formatCode(payload.format())).number(payload.size()).raw(payload.bytes());
    }

    ByteWriter client(ClientInfo client) {
        return text(client.client())
                .text(client.user())
                .payload(client.info())
                .payload(client.channelInfo());
    }

    ByteWriter raw(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
        return this;
    }

    /** What has been written. The writer is not used afterwards. */
    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /** Nodes of different versions must agree on it: not the ordinal. */
    static int formatCode(Payload.Format format) {
        return switch (format) {
            case JSON -> 0;
            case TEXT -> 1;
            case BINARY -> 2;
        };
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, size * 2));
        }
    }
}
