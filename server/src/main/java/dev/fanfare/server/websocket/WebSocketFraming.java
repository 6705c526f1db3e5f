package dev.fanfare.server.websocket;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/**
 * Puts messages into frames: uncompressed, or compressed each for itself (RFC 7692 without context
 * takeover), so that the same bytes serve everybody who negotiated the same. Stateless and
 * thread-safe.
 */
public final class WebSocketFraming {
    /**
     * In bytes. A shorter message alone has little to compress: a few bytes saved would not pay for
     * the time of both sides.
     */
    private static final int WORTH_COMPRESSING = 128;

    private final ByteBufAllocator allocator;
    private final boolean deflate;

    /**
     * @param deflate whether the connections have negotiated permessage-deflate
     */
    public WebSocketFraming(ByteBufAllocator allocator, boolean deflate) {
        this.allocator = allocator;
        this.deflate = deflate;
    }

    OutgoingFrame message(byte[] message, boolean binary) {
        if (deflate && message.length >= WORTH_COMPRESSING) {
            byte[] compressed = MessageDeflater.current().deflate(message);
            if (compressed.length < message.length) {
                return OutgoingFrame.compressed(compressed, binary);
            }
        }
        return OutgoingFrame.message(message, binary);
    }

    /** All of them, in order, as one piece. */
    ByteBufFrame join(List<OutgoingFrame> frames) {
        return new ByteBufFrame(OutgoingFrame.join(allocator, frames));
    }
}
