package dev.fanfare.harness;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fanfare.harness.FaultProxy.Tampering;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultProxyTest {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final String UPGRADE = "HTTP/1.1 101 Switching Protocols\r\n\r\n";

    private ServerSocket server;
    private FaultProxy proxy;
    private Socket client;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = FaultProxy.to(server.getLocalPort());
    }

    @AfterEach
    void end() throws IOException {
        if (client != null) {
            client.close();
        }
        proxy.close();
        server.close();
    }

    @Test
    void passesBytesBothWays() throws IOException {
        var accepted = connect();
        send(client, "there");
        assertThat(read(accepted, 5)).isEqualTo("there");
        send(accepted, "back");
        assertThat(read(client, 4)).isEqualTo("back");
    }

    @Test
    void passesTheEndOfOneDirection() throws IOException {
        var accepted = connect();
        client.shutdownOutput();
        assertThat(accepted.getInputStream().read()).isEqualTo(-1);
        send(accepted, "bye");
        assertThat(read(client, 3)).isEqualTo("bye");
        accepted.close();
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void cutResetsWhatThereIsAndLetsNewOnesIn() throws IOException {
        var accepted = connect();
        proxy.cut();
        assertThatThrownBy(() -> client.getInputStream().read())
                .isInstanceOf(SocketException.class);
        assertThatThrownBy(() -> accepted.getInputStream().read())
                .isInstanceOf(SocketException.class);
        await().until(() -> proxy.connections() == 0);
        send(connect(), "back");
        assertThat(read(client, 4)).isEqualTo("back");
    }

    @Test
    void refusedOnesAreResetAndOthersGoOn() throws IOException {
        var accepted = connect();
        proxy.refuse();
        try (var refused = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            assertThatThrownBy(() -> refused.getInputStream().read())
                    .isInstanceOf(SocketException.class);
        }
        send(client, "still");
        assertThat(read(accepted, 5)).isEqualTo("still");
    }

    @Test
    void delayMakesEachMessageWaitAndKeepsOrder() throws IOException {
        var accepted = connect();
        proxy.delay(Duration.ofMillis(200));
        long start = System.nanoTime();
        send(client, "one");
        send(client, "two");
        assertThat(read(accepted, 6)).isEqualTo("onetwo");
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start)).isBetween(200L, 5000L);
    }

    @Test
    void stallHoldsBackUntilItResumes() throws IOException {
        var accepted = connect();
        proxy.stall();
        send(client, "held");
        accepted.setSoTimeout(100);
        assertThatThrownBy(() -> accepted.getInputStream().read())
                .isInstanceOf(SocketTimeoutException.class);
        proxy.resume();
        accepted.setSoTimeout(PATIENCE_MILLIS);
        assertThat(read(accepted, 4)).isEqualTo("held");
    }

    @Test
    void whatIsStalledCanBeCut() throws IOException {
        var accepted = connect();
        proxy.stall();
        send(client, "lost");
        proxy.cut();
        assertThatThrownBy(() -> accepted.getInputStream().read())
                .isInstanceOf(SocketException.class);
        await().until(() -> proxy.connections() == 0);
    }

    @Test
    void resetsClientsWhoseServerIsGone() throws IOException {
        server.close();
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        assertThatThrownBy(() -> client.getInputStream().read())
                .isInstanceOf(SocketException.class);
    }

    @Test
    void dropsOneMessageThatHoldsTheText() throws IOException {
        var accepted = connect();
        var dropped = proxy.tamper(Tampering.DROP, "b");
        send(accepted, UPGRADE + frame("a1") + frame("b1") + frame("b2") + frame("a2"));
        assertThat(read(client, UPGRADE + frame("a1") + frame("b2") + frame("a2"))).isTrue();
        assertThat(dropped).isCompletedWithValue("b1");
    }

    @Test
    void repeatsOneMessage() throws IOException {
        var accepted = connect();
        var repeated = proxy.tamper(Tampering.REPEAT, "b");
        send(accepted, UPGRADE + frame("b1") + frame("b2"));
        assertThat(read(client, UPGRADE + frame("b1") + frame("b1") + frame("b2"))).isTrue();
        assertThat(repeated).isCompletedWithValue("b1");
    }

    @Test
    void swapsTwoMessagesThatHoldTheText() throws IOException {
        var accepted = connect();
        var swapped = proxy.tamper(Tampering.SWAP, "b");
        send(accepted, UPGRADE + frame("b1") + frame("a") + frame("b2") + frame("b3"));
        var expected = frame("a") + frame("b2") + frame("b1") + frame("b3");
        assertThat(read(client, UPGRADE + expected)).isTrue();
        assertThat(swapped).isCompletedWithValue("b1");
    }

    @Test
    void findsMessagesInPiecesAndOfEverySize() throws IOException {
        var accepted = connect();
        var dropped = proxy.tamper(Tampering.DROP, "drop me");
        var medium = "m".repeat(3000);
        var large = "l".repeat(70_000);
        var stream = UPGRADE + frame(medium) + frame(large + "drop me") + frame(large) + frame("");
        for (int i = 0; i < stream.length(); i += 9973) {
            send(accepted, stream.substring(i, Math.min(stream.length(), i + 9973)));
        }
        send(accepted, frame("end"));
        var expected = UPGRADE + frame(medium) + frame(large) + frame("") + frame("end");
        assertThat(read(client, expected)).isTrue();
        assertThat(dropped).isCompletedWithValue(large + "drop me");
    }

    @Test
    void leavesOtherAnswersAlone() throws IOException {
        var accepted = connect();
        var never = proxy.tamper(Tampering.DROP, "b");
        var answer = "HTTP/1.1 200 OK\r\n\r\nb" + frame("b");
        send(accepted, answer);
        assertThat(read(client, answer)).isTrue();
        assertThat(never).isNotDone();
    }

    /** The server's end of a new connection. */
    private Socket connect() throws IOException {
        if (client != null) {
            client.close();
        }
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(PATIENCE_MILLIS);
        var accepted = server.accept();
        accepted.setSoTimeout(PATIENCE_MILLIS);
        await().until(() -> proxy.connections() > 0);
        return accepted;
    }

    private static void send(Socket socket, String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String read(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
    }

    private static boolean read(Socket socket, String expected) throws IOException {
        return read(socket, expected.length()).equals(expected);
    }

    /** A text frame, a char for each byte. */
    private static String frame(String text) {
        int length = text.length();
        if (length < 126) {
            return "\u0081" + (char) length + text;
        }
        if (length < 65_536) {
            return "\u0081" + (char) 126 + (char) (length >> 8) + (char) (length & 0xff) + text;
        }
        var size = new StringBuilder("\u0081").append((char) 127).append("\0\0\0\0\0");
        size.append((char) (length >> 16)).append((char) (length >> 8 & 0xff));
        return size.append((char) (length & 0xff)).append(text).toString();
    }
}
