package dev.fanfare.server.websocket;

import dev.fanfare.core.model.Disconnect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/** A frame of the server: whole, never masked (RFC 6455, section 5.2). */
final class OutgoingFrame {
    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final byte[] EMPTY = {};

    /** FIN, RSV bits and opcode. */
    private final int first;

    private final byte[] payload;

    private OutgoingFrame(int first, byte[] payload) {
        this.first = first;
        this.payload = payload;
    }

    static OutgoingFrame message(byte[] payload, boolean binary) {
        return new OutgoingFrame(FIN | (binary ? Opcode.BINARY : Opcode.TEXT), payload);
    }

    static OutgoingFrame compressed(byte[] payload, boolean binary) {
        return new OutgoingFrame(FIN | RSV1 | (binary ? Opcode.BINARY : Opcode.TEXT), payload);
    }

    static OutgoingFrame ping() {
        return new OutgoingFrame(FIN | Opcode.PING, EMPTY);
    }

    static OutgoingFrame pong(byte[] payload) {
        return new OutgoingFrame(FIN | Opcode.PONG, payload);
    }

    static OutgoingFrame close(Disconnect why) {
        return new OutgoingFrame(FIN | Opcode.CLOSE, ClosePayload.of(why));
    }

    /** All of them in one buffer, made for their size. */
    static ByteBuf join(ByteBufAllocator allocator, List<OutgoingFrame> frames) {
        int size = 0;
        for (var frame : frames) {
            size += frame.size();
        }
        ByteBuf out = allocator.directBuffer(size, size);
        for (var frame : frames) {
            frame.writeTo(out);
        }
        return out;
    }

    private int size() {
        int length = payload.length;
        return (length < 126 ? 2 : length <= 0xFFFF ? 4 : 10) + length;
    }

    private void writeTo(ByteBuf out) {
        int length = payload.length;
        out.writeByte(first);
        if (length < 126) {
            out.writeByte(length);
        } else if (length <= 0xFFFF) {
            out.writeByte(126).writeShort(length);
        } else {
            out.writeByte(127).writeLong(length);
        }
        out.writeBytes(payload);
    }
}
