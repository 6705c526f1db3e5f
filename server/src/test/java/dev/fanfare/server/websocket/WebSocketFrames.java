package dev.fanfare.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;

/** Frames as a client sends them: masked, written by hand and not by the code under test. */
public final class WebSocketFrames {
    static final int FIN = 0x80;
    static final int RSV1 = 0x40;

    private static final byte[] MASK = {0x12, (byte) 0xF3, 0x45, (byte) 0x9A};

    private WebSocketFrames() {}

    public static byte[] text(String text) {
        return frame(FIN | Opcode.TEXT, text.getBytes(UTF_8));
    }

    public static byte[] binary(byte[] payload) {
        return frame(FIN | Opcode.BINARY, payload);
    }

    public static byte[] ping(String payload) {
        return frame(FIN | Opcode.PING, payload.getBytes(UTF_8));
    }

    public static byte[] pong(String payload) {
        return frame(FIN | Opcode.PONG, payload.getBytes(UTF_8));
    }

    public static byte[] close(int code, String reason) {
        byte[] text = reason.getBytes(UTF_8);
        return frame(
                FIN | Opcode.CLOSE,
                ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
    }

    /** One message in as many frames as there are parts. */
    public static byte[] fragments(int opcode, List<byte[]> parts) {
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < parts.size(); i++) {
            int fin = i == parts.size() - 1 ? FIN : 0;
            out.writeBytes(frame(fin | (i == 0 ? opcode : Opcode.CONTINUATION), parts.get(i)));
        }
        return out.toByteArray();
    }

    /**
     * @param first the first octet: FIN, RSV bits and opcode
     */
    public static byte[] frame(int first, byte[] payload) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(header(first, payload.length));
        for (int i = 0; i < payload.length; i++) {
            out.write(payload[i] ^ MASK[i % 4]);
        }
        return out.toByteArray();
    }

    /** A header alone, with the mask. */
    static byte[] header(int first, long length) {
        var out = ByteBuffer.allocate(14).put((byte) first);
        if (length < 126) {
            out.put((byte) (0x80 | length));
        } else if (length < 65_536) {
            out.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            out.put((byte) (0x80 | 127)).putLong(length);
        }
        return bytes(out.put(MASK));
    }

    /** As RFC 7692 wants it: without the last four octets of the flush. */
    static byte[] deflate(byte[] bytes) {
        try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true)) {
            deflater.setInput(bytes);
            byte[] out = new byte[bytes.length + 1000];
            int size = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(out, size - 4);
        }
    }

    public static byte[] concat(byte[]... pieces) {
        var out = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(ByteBuffer written) {
        byte[] bytes = new byte[written.position()];
        written.flip().get(bytes);
        return bytes;
    }
}
