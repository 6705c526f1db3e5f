package dev.fanfare.server.websocket;

import dev.fanfare.core.protocol.ProtocolException;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses messages (RFC 7692, section 7.2.2), each for itself. One per thread serves all its
 * connections, since no context outlives a message.
 */
final class MessageInflater {
    private static final FastThreadLocal<MessageInflater> CURRENT =
            new FastThreadLocal<>() {
                @Override
                protected MessageInflater initialValue() {
                    return new MessageInflater();
                }
            };

    /** The end of a message that the sender leaves out: an empty block. */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private final Inflater inflater = new Inflater(true);
    private final byte[] chunk = new byte[8192];

    private MessageInflater() {}

    static MessageInflater current() {
        return CURRENT.get();
    }

    /** Stops as soon as there are more than {@code limit} bytes. */
    byte[] inflate(byte[] compressed, int limit) throws ProtocolException {
        var out = new ByteArrayOutputStream(Math.min(4 * compressed.length, limit));
        inflater.reset();
        try {
            feed(compressed, out, limit);
            feed(TAIL, out, limit);
        } catch (DataFormatException invalid) {
            throw Violation.invalidCompression();
        }
        return out.toByteArray();
    }

    private void feed(byte[] input, ByteArrayOutputStream out, int limit)
            throws DataFormatException, ProtocolException {
        inflater.setInput(input);
        while (!inflater.needsInput()) {
            int count = inflater.inflate(chunk);
            out.write(chunk, 0, count);
            if (out.size() > limit) {
                throw Violation.tooBig(limit);
            }
            if (inflater.finished()) {
                restart(input);
            }
        }
    }

    /**
     * A sender may end its stream inside a message and begin another (RFC 7692, section 7.2.3.5).
     */
    private void restart(byte[] input) {
        int rest = inflater.getRemaining();
        inflater.reset();
        inflater.setInput(input, input.length - rest, rest);
    }
}
