package dev.fanfare.server.websocket;

import dev.fanfare.core.protocol.Frame;
import io.netty.buffer.ByteBuf;

/** Bytes for sockets in one Netty buffer, which all its connections share. Owns the buffer. */
public final class ByteBufFrame implements Frame {
    private final ByteBuf bytes;

    public ByteBufFrame(ByteBuf bytes) {
        this.bytes = bytes;
    }

    @Override
    public int size() {
        return bytes.readableBytes();
    }

    /** The same bytes for one more taker, who releases them. */
    public ByteBuf share() {
        return bytes.retainedDuplicate();
    }

    @Override
    public void close() {
        bytes.release();
    }
}
