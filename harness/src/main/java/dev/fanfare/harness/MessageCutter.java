package dev.fanfare.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.harness.FaultProxy.Order;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a server sends on one connection into messages, and falsifies one where that is
 * ordered. Messages are the frames that follow an upgrade to WebSocket (RFC 6455, section 5.2);
 * everything else passes as it comes. For one thread.
 */
final class MessageCutter {
    private static final String UPGRADED = "HTTP/1.1 101";
    private static final byte[] NOTHING = {};

    private enum State {
        HEAD,
        FRAMES,
        BYTES
    }

    private final AtomicReference<@Nullable Order> orders;
    private State state = State.HEAD;
    private byte[] rest = NOTHING;
    private byte @Nullable [] held;
    private @Nullable Order holding;

    MessageCutter(AtomicReference<@Nullable Order> orders) {
        this.orders = orders;
    }

    /** What may go on, now that these bytes have come. */
    List<byte[]> cut(byte[] bytes) {
        rest = joined(rest, bytes);
        var out = new ArrayList<byte[]>();
        for (int length = next(); length > 0; length = next()) {
            var piece = Arrays.copyOf(rest, length);
            rest = Arrays.copyOfRange(rest, length, rest.length);
            if (state == State.FRAMES) {
                pass(piece, out);
            } else {
                out.add(piece);
                state = state == State.HEAD ? State.FRAMES : state;
            }
        }
        return out;
    }

    /** The length of the next piece; 0 where it is not there as a whole. */
    private int next() {
        return switch (state) {
            case HEAD -> headLength();
            case FRAMES -> frameLength();
            case BYTES -> rest.length;
        };
    }

    private int headLength() {
        var text = new String(rest, ISO_8859_1);
        if (!text.startsWith(UPGRADED) && !UPGRADED.startsWith(text)) {
            state = State.BYTES;
            return rest.length;
        }
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? 0 : end + 4;
    }

    private int frameLength() {
        int header = headerLength(rest);
        if (rest.length < header) {
            return 0;
        }
        long length =
                switch (header) {
                    case 2 -> rest[1] & 0x7f;
                    case 4 -> ByteBuffer.wrap(rest).getShort(2) & 0xffff;
                    default -> ByteBuffer.wrap(rest).getLong(2);
                };
        return rest.length < header + length ? 0 : Math.toIntExact(header + length);
    }

    private static int headerLength(byte[] frame) {
        int length = frame.length < 2 ? 0 : frame[1] & 0x7f;
        return length == 127 ? 10 : length == 126 ? 4 : 2;
    }

    private void pass(byte[] frame, List<byte[]> out) {
        var text = text(frame);
        if (held != null && holding != null && text.contains(holding.text())) {
            out.add(frame);
            out.add(held);
            holding.done().complete(text(held));
            held = null;
            holding = null;
            return;
        }
        var order = orders.get();
        if (order == null || !text.contains(order.text()) || !orders.compareAndSet(order, null)) {
            out.add(frame);
            return;
        }
        falsify(order, frame, out);
    }

    private void falsify(Order order, byte[] frame, List<byte[]> out) {
        switch (order.tampering()) {
            case DROP -> order.done().complete(text(frame));
            case REPEAT -> {
                out.add(frame);
                out.add(frame);
                order.done().complete(text(frame));
            }
            case SWAP -> {
                held = frame;
                holding = order;
            }
        }
    }

    private static String text(byte[] frame) {
        int header = headerLength(frame);
        return new String(frame, header, frame.length - header, UTF_8);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
