package dev.fanfare.server.websocket;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived of a client's message, or of a control frame, unmasked. Its array grows with
 * what arrives, not with what a header announces; a message that comes in one piece is read into an
 * array of its size.
 */
final class IncomingMessage {
    private static final byte[] EMPTY = {};

    private final int opcode;
    private final boolean compressed;

    /** Only for text that arrives as it is. */
    private final @Nullable Utf8Validator validator;

    private byte[] bytes = EMPTY;
    private int size;

    IncomingMessage(int opcode, boolean compressed) {
        this.opcode = opcode;
        this.compressed = compressed;
        this.validator = opcode == Opcode.TEXT && !compressed ? new Utf8Validator() : null;
    }

    int opcode() {
        return opcode;
    }

    boolean isCompressed() {
        return compressed;
    }

    int size() {
        return size;
    }

    /** Takes so many bytes; false if they are text and no UTF-8. */
    boolean append(ByteBuf in, int count, int mask) {
        int end = size + count;
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(end, 2 * size));
        }
        int begin = size;
        in.readBytes(bytes, begin, count);
        Masking.apply(mask, bytes, begin, end);
        size = end;
        return validator == null || validator.accepts(bytes, begin, end);
    }

    /** False where text ends inside a character. */
    boolean endsWell() {
        return validator == null || validator.isComplete();
    }

    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
