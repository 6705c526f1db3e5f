package dev.fanfare.server.websocket;

import io.netty.util.concurrent.FastThreadLocal;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * Compresses messages (RFC 7692, section 7.2.1), each for itself, so that all who negotiated
 * compression can share the bytes. One per thread.
 */
final class MessageDeflater {
    private static final FastThreadLocal<MessageDeflater> CURRENT =
            new FastThreadLocal<>() {
                @Override
                protected MessageDeflater initialValue() {
                    return new MessageDeflater();
                }
            };

    /** The empty block at the end of every message, which does not travel. */
    private static final int TAIL = 4;

    private final Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    private final byte[] chunk = new byte[8192];

    private MessageDeflater() {}

    static MessageDeflater current() {
        return CURRENT.get();
    }

    byte[] deflate(byte[] message) {
        var out = new ByteArrayOutputStream(message.length);
        deflater.reset();
        deflater.setInput(message);
        int count;
        do {
            count = deflater.deflate(chunk, 0, chunk.length, Deflater.SYNC_FLUSH);
            out.write(chunk, 0, count);
        } while (count == chunk.length);
        return Arrays.copyOf(out.toByteArray(), out.size() - TAIL);
    }
}
