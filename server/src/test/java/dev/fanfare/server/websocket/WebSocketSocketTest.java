package dev.fanfare.server.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.core.model.Disconnect;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What needs a real socket: buffers that fill, connections that end on one side or break. */
@Timeout(30)
class WebSocketSocketTest {
    private static final int MAX_MESSAGE_SIZE = 65_536;

    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong signsOfLife = new AtomicLong();
    private final AtomicReference<Disconnect> end = new AtomicReference<>();
    private final TestServer server = new TestServer(Application::new, MAX_MESSAGE_SIZE);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsAClientThatSendsTooMuchWhyItIsClosed() throws IOException {
        try (var socket = connect()) {
            send(socket, WebSocketFrames.header(0x82, 10_000_000));
            send(socket, new byte[200_000]);

            assertThat(read(socket)).startsWith(0x88, 49, 1009 >> 8, 1009 & 0xFF);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        await().untilAsserted(() -> assertThat(end.get().code()).isEqualTo(1009));
    }

    @Test
    void endsTheConnectionAfterTheClientsClose() throws IOException {
        try (var socket = connect()) {
            send(socket, WebSocketFrames.close(1000, ""));

            assertThat(read(socket)).containsExactly(0x88, 2, 1000 >> 8, 1000 & 0xFF);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
        await().untilAsserted(() -> assertThat(end.get().code()).isEqualTo(1000));
    }

    @Test
    void survivesAReset() throws IOException {
        try (var socket = connect()) {
            socket.setSoLinger(true, 0);
        }
        await().untilAsserted(() -> assertThat(end.get().code()).isEqualTo(1006));
    }

    @Test
    void closesASlowReaderThatNeverReads() throws IOException {
        try (var socket = connect()) {
            send(socket, WebSocketFrames.text("flood until slow"));

            await().untilAsserted(() -> assertThat(pending.get()).isGreaterThan(1_000_000));
            await().untilAsserted(() -> assertThat(end.get()).isNotNull());
            assertThat(end.get().code()).isEqualTo(1006);
        }
    }

    @Test
    void queuesFewPongsForAClientThatDoesNotReadThem() throws IOException {
        byte[] pings = new byte[131 * 1000];
        byte[] ping = WebSocketFrames.ping("p".repeat(125));
        for (int i = 0; i < 1000; i++) {
            System.arraycopy(ping, 0, pings, i * ping.length, ping.length);
        }
        try (var socket = connect()) {
            for (int i = 0; i < 200; i++) {
                send(socket, pings);
            }
            await().untilAsserted(() -> assertThat(signsOfLife.get()).isEqualTo(200_000));
        }
        assertThat(pending.get()).isLessThan(100_000);
    }

    private Socket connect() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(8192);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        String request =
                """
                GET / HTTP/1.1\r
                Host: localhost\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
                \r
                """;
        send(socket, request.getBytes(ISO_8859_1));
        skipHead(socket);
        return socket;
    }

    private static void skipHead(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        assertThat(head).startsWith("HTTP/1.1 101");
    }

    private static void send(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** A frame with a short length. */
    private static byte[] read(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        byte[] header = new byte[2];
        in.readFully(header);
        byte[] frame = Arrays.copyOf(header, 2 + header[1]);
        in.readFully(frame, 2, header[1]);
        return frame;
    }

    /** Told to, it writes until more waits than may. */
    private final class Application implements WebSocketListener {
        private final WebSocketConnection connection;
        private final WebSocketFraming framing;

        Application(WebSocketConnection connection, WebSocketFraming framing) {
            this.connection = connection;
            this.framing = framing;
        }

        @Override
        public void onMessage(byte[] message, boolean binary) {
            var flood = framing.message("x".repeat(10_000).getBytes(UTF_8), false);
            while (connection.pendingBytes() <= 1_000_000) {
                try (var frame = framing.join(List.of(flood))) {
                    connection.send(frame);
                }
                connection.flush();
                pending.set(connection.pendingBytes());
            }
            connection.close(Disconnect.SLOW);
        }

        @Override
        public void onAlive() {
            signsOfLife.incrementAndGet();
            pending.accumulateAndGet(connection.pendingBytes(), Math::max);
        }

        @Override
        public void onClosed(Disconnect why) {
            end.set(why);
        }
    }
}
