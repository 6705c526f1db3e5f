package dev.fanfare.server.websocket;

import static java.util.Objects.requireNonNull;

import dev.fanfare.core.protocol.ProtocolException;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A client's frame as it arrives (RFC 6455, section 5.2): first its header, octet by octet, then
 * what is left of its payload. Knows the rules that concern one frame alone.
 */
final class IncomingFrame {
    private static final int MASK_OCTETS = 4;
    private static final int MAX_CONTROL_PAYLOAD = 125;

    private int headerRead;
    private int first;
    private int lengthOctets;
    private long remaining;
    private int mask;

    /** Null until the header is read. */
    private @Nullable IncomingMessage target;

    /** Reads what there is of the header; true once it is whole. */
    boolean readHeader(ByteBuf in) throws ProtocolException {
        while (!hasHeader() && in.isReadable()) {
            headerRead++;
            read(in.readUnsignedByte());
        }
        return hasHeader();
    }

    boolean isFinal() {
        return (first & 0x80) != 0;
    }

    /** RSV1, which marks a compressed message (RFC 7692, section 6). */
    boolean isCompressed() {
        return (first & 0x40) != 0;
    }

    int opcode() {
        return first & 0x0F;
    }

    boolean isControl() {
        return Opcode.isControl(opcode());
    }

    /** Of the payload, in octets. */
    long remaining() {
        return remaining;
    }

    boolean isBegun() {
        return target != null;
    }

    /** The header is read; the payload goes there. */
    void begin(IncomingMessage target) {
        this.target = target;
    }

    IncomingMessage target() {
        return requireNonNull(target);
    }

    /**
     * Moves what there is of the payload to its target; false if that is text and no longer UTF-8.
     */
    boolean readPayload(ByteBuf in) {
        int count = (int) Math.min(remaining, in.readableBytes());
        boolean valid = target().append(in, count, mask);
        remaining -= count;
        mask = Masking.after(count, mask);
        return valid;
    }

    private boolean hasHeader() {
        return headerRead >= 2 && headerRead == 2 + lengthOctets + MASK_OCTETS;
    }

    private void read(int octet) throws ProtocolException {
        if (headerRead == 1) {
            first = octet;
            checkFirst();
        } else if (headerRead == 2) {
            readLength(octet);
        } else if (headerRead <= 2 + lengthOctets) {
            remaining = remaining << 8 | octet;
            checkLength();
        } else {
            mask = mask << 8 | octet;
        }
    }

    private void checkFirst() throws ProtocolException {
        Violation.when((first & 0x30) != 0, "reserved bits set");
        Violation.when(!Opcode.isKnown(opcode()), "unknown opcode");
        Violation.when(isControl() && !isFinal(), "control frame in fragments");
        Violation.when(isControl() && isCompressed(), "control frame marked as compressed");
    }

    private void readLength(int octet) throws ProtocolException {
        Violation.when((octet & 0x80) == 0, "client frame not masked");
        int length = octet & 0x7F;
        Violation.when(isControl() && length > MAX_CONTROL_PAYLOAD, "control frame too long");
        switch (length) {
            case 126 -> lengthOctets = 2;
            case 127 -> lengthOctets = 8;
            default -> remaining = length;
        }
    }

    private void checkLength() throws ProtocolException {
        if (headerRead == 2 + lengthOctets) {
            Violation.when(remaining < 0, "frame length with its highest bit set");
            long shorter = lengthOctets == 2 ? 125 : 0xFFFF;
            Violation.when(remaining <= shorter, "frame length not in its shortest form");
        }
    }
}
