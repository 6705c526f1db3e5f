package dev.fanfare.server.transport;

import dev.fanfare.core.protocol.Codec;
import dev.fanfare.server.websocket.WebSocketEncoder;
import dev.fanfare.server.websocket.WebSocketEncoder.Pings;
import dev.fanfare.server.websocket.WebSocketFraming;
import io.netty.buffer.ByteBufAllocator;

/** One wire form on WebSocket, and the encoders that all its connections share. */
record WebSocketForm(Codec codec, WebSocketEncoder plain, WebSocketEncoder deflated) {
    /**
     * @param compressFrom shorter messages are not compressed, in bytes
     */
    static WebSocketForm of(Codec codec, Pings pings, int compressFrom) {
        var allocator = ByteBufAllocator.DEFAULT;
        return new WebSocketForm(
                codec,
                new WebSocketEncoder(codec, WebSocketFraming.plain(allocator), pings),
                new WebSocketEncoder(
                        codec, WebSocketFraming.deflating(allocator, compressFrom), pings));
    }

    WebSocketEncoder encoder(boolean deflate) {
        return deflate ? deflated : plain;
    }
}
