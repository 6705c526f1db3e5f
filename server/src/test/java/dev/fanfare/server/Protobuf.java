package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** A few words of the protocol compatible with Centrifugo, in Protobuf. */
final class Protobuf {
    private Protobuf() {}

    /** {@code {"id":1,"connect":{"token":…}}}, behind its length. */
    static byte[] connect(String token) {
        var request = field(1, token.getBytes(UTF_8));
        return delimited(join(new byte[] {8, 1}, field(4, request)));
    }

    private static byte[] field(int number, byte[] content) {
        return join(new byte[] {(byte) (number << 3 | 2)}, delimited(content));
    }

    private static byte[] delimited(byte[] content) {
        int length = content.length;
        var prefix =
                length < 128
                        ? new byte[] {(byte) length}
                        : new byte[] {(byte) (length | 0x80), (byte) (length >> 7)};
        return join(prefix, content);
    }

    private static byte[] join(byte[] one, byte[] two) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(two);
        return both.toByteArray();
    }
}
