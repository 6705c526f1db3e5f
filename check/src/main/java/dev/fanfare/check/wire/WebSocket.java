package dev.fanfare.check.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A client's end of a WebSocket (RFC 6455). Reading answers pings. Read by one thread; any may send
 * and close.
 */
public final class WebSocket implements AutoCloseable {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int LAST_FRAME = 0x80;
    private static final int MASKED = 0x80;
    private static final byte[] NOTHING = {};

    private final HttpStream stream;
    private final DataInputStream in;

    private WebSocket(HttpStream stream) {
        this.stream = stream;
        in = new DataInputStream(stream.in());
    }

    /**
     * @param patience as in {@link HttpStream#open}
     * @throws Refused where there is an answer that is no upgrade
     */
    public static WebSocket open(int port, String target, Duration patience) throws IOException {
        var head =
                "GET "
                        + target
                        + " HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        return new WebSocket(HttpStream.open(port, head, NOTHING, patience, 101));
    }

    public void send(String text) throws IOException {
        send(TEXT, text.getBytes(UTF_8));
    }

    public void send(byte[] message) throws IOException {
        send(BINARY, message);
    }

    /** The next message. Throws EOFException where the connection is lost. */
    public Message next() throws IOException {
        while (true) {
            int opcode = in.readUnsignedByte() & 0x0f;
            var payload = new byte[length()];
            in.readFully(payload);
            switch (opcode) {
                case TEXT -> {
                    return new Message.Text(new String(payload, UTF_8));
                }
                case BINARY -> {
                    return new Message.Binary(ByteBuffer.wrap(payload));
                }
                case CLOSE -> {
                    return closed(payload);
                }
                case PING -> send(PONG, payload);
                default -> {
                    // a pong nobody asked for; frames in parts the server does not send
                }
            }
        }
    }

    @Override
    public void close() {
        stream.close();
    }

    private int length() throws IOException {
        int length = in.readUnsignedByte();
        return switch (length) {
            case 126 -> in.readUnsignedShort();
            case 127 -> Math.toIntExact(in.readLong());
            default -> length;
        };
    }

    private static Message closed(byte[] payload) {
        if (payload.length < 2) {
            return new Message.Closed(0, "");
        }
        int code = ByteBuffer.wrap(payload).getShort() & 0xffff;
        return new Message.Closed(code, new String(payload, 2, payload.length - 2, UTF_8));
    }

    /** With a mask of zeros: the bytes stay as they are. */
    private void send(int opcode, byte[] payload) throws IOException {
        var frame = ByteBuffer.allocate(payload.length + 14);
        frame.put((byte) (LAST_FRAME | opcode));
        if (payload.length < 126) {
            frame.put((byte) (MASKED | payload.length));
        } else {
            frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
        }
        frame.putInt(0).put(payload).flip();
        var bytes = new byte[frame.remaining()];
        frame.get(bytes);
        stream.send(bytes);
    }
}
