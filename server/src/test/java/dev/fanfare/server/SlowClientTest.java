package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who does not read is cut off and told so; who reads notices nothing. */
class SlowClientTest {
    private static final int MOST = 2_000;
    private static final String FILLING = "x".repeat(16_000);

    private RunningServer server;
    private TestSocket fast;

    @BeforeEach
    void start() {
        server = RunningServer.start("limits.outbound-buffer: 64KiB\n");
        fast = server.subscriber("post:1");
    }

    @AfterEach
    void stop() {
        fast.close();
        server.close();
    }

    @Test
    void aSlowSocketIsCutAndToldWhy() throws IOException {
        try (var slow =
                TestSocket.open(reluctant(), "/ws?channels=post:1&token=" + server.token("2"))) {
            publishUntilSomebodyIsCut();
            assertThat(slow.json().get("n").asInt()).isZero();
            var ending = slow.ending();
            assertThat(ending.code()).isEqualTo(3008);
            assertThat(ending.reason()).contains("slow");
        }
        assertThat(server.metric("fanfare_disconnects_total{code=\"3008\"}")).isEqualTo(1);
    }

    @Test
    void aSlowStreamIsCutAndToldWhy() throws IOException {
        try (var slow =
                LineStream.open(reluctant(), "/sse?channels=post:1&token=" + server.token("2"))) {
            publishUntilSomebodyIsCut();
            var event = slow.event();
            for (int n = 0; event.event().isEmpty(); n++) {
                assertThat(event.json().get("n").asInt()).isEqualTo(n);
                event = slow.event();
            }
            assertThat(event.event()).isEqualTo("disconnect");
            assertThat(event.json().get("code").asInt()).isEqualTo(3008);
            assertThat(slow.hasEnded()).isTrue();
        }
    }

    @Test
    void aSlowStreamOfTheCompatibleProtocolIsCutAndToldWhy() throws IOException {
        var commands =
                EmulatedClient.connect(server.token("2"))
                        + "\n{\"id\":2,\"subscribe\":{\"channel\":\"post:1\"}}";
        try (var slow = EmulatedClient.connected(server, reluctant(), commands)) {
            assertThat(slow.json().has("subscribe")).isTrue();
            publishUntilSomebodyIsCut();
            var push = slow.json().get("push");
            for (int n = 0; push.has("pub"); n++) {
                assertThat(push.at("/pub/data/n").asInt()).isEqualTo(n);
                push = slow.json().get("push");
            }
            assertThat(push.at("/disconnect/code").asInt()).isEqualTo(3008);
            assertThat(slow.stream().hasEnded()).isTrue();
        }
    }

    /** The fast one has each before the next is published: it never waits for the slow one. */
    private void publishUntilSomebodyIsCut() {
        try (var wire = server.connect()) {
            for (int n = 0; server.metric("fanfare_slow_clients_total") == 0; n++) {
                assertThat(n).isLessThan(MOST);
                RunningServer.publish(
                        wire,
                        "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\",\"n\":"
                                + n
                                + ",\"x\":\""
                                + FILLING
                                + "\"}}");
                assertThat(fast.json().get("n").asInt()).isEqualTo(n);
            }
        }
    }

    /** A connection whose client's side takes little before it is read. */
    private HttpWire reluctant() throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        return new HttpWire(socket);
    }
}
