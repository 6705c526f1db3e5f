package dev.fanfare.server.websocket;

import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/**
 * Puts messages into frames: uncompressed, or compressed each for itself (RFC 7692 without context
 * takeover), so that the same bytes serve everybody who negotiated the same. Stateless and
 * thread-safe.
 */
public final class WebSocketFraming {
    private static final int NEVER = Integer.MAX_VALUE;

    private final ByteBufAllocator allocator;
    private final int compressFrom;

    private WebSocketFraming(ByteBufAllocator allocator, int compressFrom) {
        this.allocator = allocator;
        this.compressFrom = compressFrom;
    }

    public static WebSocketFraming plain(ByteBufAllocator allocator) {
        return new WebSocketFraming(allocator, NEVER);
    }

    /**
     * For connections that have negotiated permessage-deflate.
     *
     * @param compressFrom shorter messages are sent as they are, in bytes: they have little to
     *     compress, and a few bytes saved would not pay for the time of both sides
     */
    public static WebSocketFraming deflating(ByteBufAllocator allocator, int compressFrom) {
        return new WebSocketFraming(allocator, compressFrom);
    }

    OutgoingFrame message(byte[] message, boolean binary) {
        if (message.length >= compressFrom) {
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
