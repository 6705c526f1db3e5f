package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * A WebSocket client that sees everything: refusals with their bodies, frames as they are, close
 * codes. It reads only when it is asked to, and answers pings then. For one thread.
 */
final class TestSocket implements AutoCloseable {
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    /** One frame of the server. */
    static final class Frame {
        private final int opcode;
        private final boolean compressed;
        private final byte[] payload;

        private Frame(int opcode, boolean compressed, byte[] payload) {
            this.opcode = opcode;
            this.compressed = compressed;
            this.payload = payload;
        }

        int opcode() {
            return opcode;
        }

        boolean isCompressed() {
            return compressed;
        }

        byte[] payload() {
            return payload;
        }

        String text() {
            return new String(payload, UTF_8);
        }
    }

    /** How a connection ended; 1006 where nobody said why. */
    record Ending(int code, String reason) {}

    private final HttpWire wire;
    private final HttpWire.Head head;
    private boolean answersPings = true;

    private TestSocket(HttpWire wire, HttpWire.Head head) {
        this.wire = wire;
        this.head = head;
    }

    /** Asks for the upgrade; the answer is the caller's to read. */
    static void ask(HttpWire wire, String target, String... headers) {
        var own =
                new String[] {
                    "Upgrade: websocket",
                    "Connection: Upgrade",
                    "Sec-WebSocket-Version: 13",
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="
                };
        var all = Arrays.copyOf(own, own.length + headers.length);
        System.arraycopy(headers, 0, all, own.length, headers.length);
        wire.request("GET", target, all);
    }

    static TestSocket open(HttpWire wire, String target, String... headers) {
        ask(wire, target, headers);
        var answer = head(wire);
        if (answer.status() != 101) {
            throw new AssertionError("refused: " + answer);
        }
        return new TestSocket(wire, answer);
    }

    /** After {@link #ask}; empty where it is refused. */
    static Optional<TestSocket> answered(HttpWire wire) {
        var answer = head(wire);
        return answer.status() == 101
                ? Optional.of(new TestSocket(wire, answer))
                : Optional.empty();
    }

    private static HttpWire.Head head(HttpWire wire) {
        try {
            return wire.head();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String header(String name) {
        return head.headers().getOrDefault(name, "");
    }

    /** From now on it looks dead: what is read is not answered. */
    TestSocket withoutPongs() {
        answersPings = false;
        return this;
    }

    void send(String text) {
        send(TEXT, text.getBytes(UTF_8));
    }

    void sendBinary(byte[] message) {
        send(BINARY, message);
    }

    void sendPing(String payload) {
        send(PING, payload.getBytes(UTF_8));
    }

    void sendPong() {
        send(PONG, new byte[0]);
    }

    /** Sends a command and reads its answer. */
    JsonNode ask(String command) {
        send(command);
        return json();
    }

    JsonNode json() {
        return Json.read(text());
    }

    /** The next message. */
    String text() {
        var frame = message();
        if (frame.opcode() != TEXT) {
            throw new AssertionError("frame: " + frame.opcode() + " " + frame.text());
        }
        return frame.text();
    }

    /** The next frame that is neither ping nor pong. */
    Frame message() {
        var frame = frame();
        while (frame.opcode() == PING || frame.opcode() == PONG) {
            if (frame.opcode() == PING && answersPings) {
                send(PONG, frame.payload());
            }
            frame = frame();
        }
        return frame;
    }

    Frame pong() {
        var frame = frame();
        if (frame.opcode() != PONG) {
            throw new AssertionError("frame: " + frame.opcode() + " " + frame.text());
        }
        return frame;
    }

    void awaitPing() {
        while (frame().opcode() != PING) {}
    }

    /** Reads on until the connection ends, whatever comes before. */
    Ending ending() {
        try {
            while (true) {
                var frame = read();
                if (frame.opcode() == CLOSE) {
                    send(
                            CLOSE,
                            Arrays.copyOf(frame.payload(), Math.min(2, frame.payload().length)));
                    return ending(frame.payload());
                }
            }
        } catch (EOFException | SocketException e) {
            return new Ending(1006, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Ending ending(byte[] payload) {
        if (payload.length < 2) {
            return new Ending(1005, "");
        }
        var code = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
        return new Ending(code, new String(payload, 2, payload.length - 2, UTF_8));
    }

    private Frame frame() {
        try {
            return read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Frame read() throws IOException {
        int first = wire.octet();
        int length = wire.octet();
        if ((first & 0x80) == 0 || (length & 0x80) != 0) {
            throw new AssertionError("frame: fragment or masked (expected: whole and unmasked)");
        }
        if (length == 126) {
            length = ByteBuffer.wrap(wire.bytes(2)).getShort() & 0xFFFF;
        } else if (length == 127) {
            length = (int) ByteBuffer.wrap(wire.bytes(8)).getLong();
        }
        return new Frame(first & 0x0F, (first & 0x40) != 0, wire.bytes(length));
    }

    private void send(int opcode, byte[] payload) {
        wire.write(frame(opcode, payload));
    }

    static byte[] frame(int opcode, byte[] payload) {
        var frame = ByteBuffer.allocate(14 + payload.length).put((byte) (0x80 | opcode));
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 65536) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.put(MASK);
        for (int i = 0; i < payload.length; i++) {
            frame.put((byte) (payload[i] ^ MASK[i % 4]));
        }
        return Arrays.copyOf(frame.array(), frame.position());
    }

    /** Without a word, as a phone in a tunnel. */
    @Override
    public void close() {
        wire.close();
    }
}
