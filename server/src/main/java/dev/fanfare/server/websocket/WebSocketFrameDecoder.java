package dev.fanfare.server.websocket;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a client sends into messages (RFC 6455; RFC 7692 without context takeover). Bytes are
 * pushed in as they arrive, cut anywhere; they are copied once, into the message. Between messages
 * it holds nothing. Lives on the connection's event loop.
 *
 * <p>Text is checked as it arrives, so a message fails at its first wrong byte; where it is
 * compressed, at its end.
 */
final class WebSocketFrameDecoder {
    /** What the decoder reads. Nothing follows {@link #onClose} and {@link #onViolation}. */
    interface Listener {
        /**
         * @param binary false: the bytes are valid UTF-8
         */
        void onMessage(byte[] message, boolean binary);

        void onPing(byte[] payload);

        void onPong();

        /**
         * @param theirs code 1005 where the close frame has none
         */
        void onClose(Disconnect theirs);

        /** The client broke the protocol. */
        void onViolation(Disconnect why);
    }

    private final Listener listener;
    private final int maxMessageSize;
    private final boolean deflate;

    private boolean ended;

    /** The frame under way, and the data message under way, which control frames may interrupt. */
    private @Nullable IncomingFrame frame;

    private @Nullable IncomingMessage message;

    /**
     * @param maxMessageSize in bytes, fragments together, after decompression
     * @param deflate whether permessage-deflate was negotiated
     */
    WebSocketFrameDecoder(Listener listener, int maxMessageSize, boolean deflate) {
        this.listener = listener;
        this.maxMessageSize = maxMessageSize;
        this.deflate = deflate;
    }

    /** Reads all of it; what comes after the end is thrown away. */
    void decode(ByteBuf in) {
        try {
            while (!ended && in.isReadable()) {
                readFrame(in);
            }
        } catch (ProtocolException violation) {
            end();
            listener.onViolation(violation.disconnect());
        }
        in.skipBytes(in.readableBytes());
    }

    /** Reads nothing more. */
    void end() {
        ended = true;
        frame = null;
        message = null;
    }

    private void readFrame(ByteBuf in) throws ProtocolException {
        IncomingFrame current = frame == null ? new IncomingFrame() : frame;
        frame = current;
        if (!current.isBegun()) {
            if (!current.readHeader(in)) {
                return;
            }
            current.begin(target(current));
        }
        if (!current.readPayload(in)) {
            throw Violation.invalidText();
        }
        if (current.remaining() == 0) {
            frame = null;
            finish(current);
        }
    }

    /** Where the frame's payload goes. */
    private IncomingMessage target(IncomingFrame begun) throws ProtocolException {
        if (begun.isControl()) {
            return new IncomingMessage(begun.opcode(), false);
        }
        IncomingMessage current = messageOf(begun);
        int limit = current.isCompressed() ? compressedLimit() : maxMessageSize;
        if (begun.remaining() > limit - current.size()) {
            throw Violation.tooBig(maxMessageSize);
        }
        message = current;
        return current;
    }

    private IncomingMessage messageOf(IncomingFrame begun) throws ProtocolException {
        boolean compressed = begun.isCompressed();
        if (begun.opcode() == Opcode.CONTINUATION) {
            Violation.when(compressed, "continuation marked as compressed");
            if (message == null) {
                throw Violation.of("continuation of nothing");
            }
            return message;
        }
        Violation.when(message != null, "message inside a fragmented one");
        Violation.when(compressed && !deflate, "compression was not negotiated");
        return new IncomingMessage(begun.opcode(), compressed);
    }

    /** A little more than the message, since compression can make bytes longer. */
    private int compressedLimit() {
        return maxMessageSize + maxMessageSize / 16 + 64;
    }

    private void finish(IncomingFrame whole) throws ProtocolException {
        IncomingMessage target = whole.target();
        if (whole.isControl()) {
            finishControl(target.opcode(), target.toBytes());
        } else if (whole.isFinal()) {
            message = null;
            finishMessage(target);
        }
    }

    private void finishControl(int opcode, byte[] payload) throws ProtocolException {
        switch (opcode) {
            case Opcode.PING -> listener.onPing(payload);
            case Opcode.PONG -> listener.onPong();
            default -> {
                Disconnect theirs = ClosePayload.read(payload);
                end();
                listener.onClose(theirs);
            }
        }
    }

    private void finishMessage(IncomingMessage whole) throws ProtocolException {
        boolean binary = whole.opcode() == Opcode.BINARY;
        byte[] bytes = whole.toBytes();
        if (whole.isCompressed()) {
            bytes = MessageInflater.current().inflate(bytes, maxMessageSize);
            if (!binary && !Utf8Validator.isValid(bytes, 0, bytes.length)) {
                throw Violation.invalidText();
            }
        } else if (!whole.endsWell()) {
            throw Violation.invalidText();
        }
        listener.onMessage(bytes, binary);
    }
}
