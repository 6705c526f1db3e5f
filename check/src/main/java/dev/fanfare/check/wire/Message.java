package dev.fanfare.check.wire;

import java.nio.ByteBuffer;

/** What comes out of a WebSocket. */
public sealed interface Message {
    record Text(String text) implements Message {}

    record Binary(ByteBuffer bytes) implements Message {
        public byte[] toBytes() {
            var copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return copy;
        }
    }

    /**
     * The last one.
     *
     * @param code 0: none was given
     */
    record Closed(int code, String reason) implements Message {}
}
