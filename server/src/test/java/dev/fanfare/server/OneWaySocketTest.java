package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The protocol compatible with Centrifugo one way, over WebSocket. */
class OneWaySocketTest {
    private static TestClock clock;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        clock = new TestClock();
        server =
                RunningServer.start(
                        clock,
                        """
                        endpoints:
                          - { path: /uni, transport: centrifuge-uni-websocket }
                          - { path: /joined, transport: centrifuge-uni-websocket, join-push-messages: true }
                          - { path: /short, transport: centrifuge-uni-websocket, disable-closing-handshake: true }
                          - { path: /mute, transport: centrifuge-uni-websocket, disable-disconnect-push: true }
                        channels:
                          - { pattern: "chat:{id}", variables: { id: segment }, subscribe: everyone }
                        """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void hearsInItsFirstMessageWhoTheClientIs() {
        try (var socket = server.socket("/uni")) {
            var connect = socket.ask(connect("ann")).get("connect");
            assertThat(connect.get("client").asText()).hasSize(36);
            assertThat(connect.get("session").asText()).isNotEmpty();
            assertThat(connect.at("/subs").has("chat:a")).isTrue();
            assertThat(connect.has("ping")).isFalse();
        }
    }

    @Test
    void orInTheQuery() {
        var target = "/uni?cf_connect=" + URLEncoder.encode(connect("ann"), UTF_8);
        try (var socket = server.socket(target)) {
            assertThat(socket.json().has("connect")).isTrue();
        }
    }

    @Test
    void pushesWithNothingAroundThem() {
        try (var socket = connected("/uni")) {
            publish(1);
            var push = socket.json();
            assertThat(push.get("channel").asText()).isEqualTo("chat:a");
            assertThat(push.at("/pub/data/n").asInt()).isEqualTo(1);
        }
    }

    @Test
    void passesOverWhateverElseTheClientSays() {
        try (var socket = connected("/uni")) {
            socket.send("nonsense");
            socket.send("{\"id\":2,\"publish\":{\"channel\":\"chat:a\",\"data\":{}}}");
            publish(2);
            assertThat(socket.json().at("/pub/data/n").asInt()).isEqualTo(2);
        }
    }

    @Test
    void pingsByTheMeansOfWebSocket() {
        try (var socket = connected("/uni")) {
            clock.advance(Duration.ofSeconds(25));
            socket.awaitPing();
        }
    }

    @Test
    void cutsOffWhoDoesNotAnswerPings() {
        try (var socket = connected("/uni")) {
            socket.withoutPongs();
            clock.advance(Duration.ofSeconds(25));
            socket.awaitPing();
            clock.advance(Duration.ofSeconds(9));
            assertThat(socket.json().at("/disconnect/code").asInt()).isEqualTo(3012);
            assertThat(socket.ending().code()).isEqualTo(3012);
        }
    }

    @Test
    void tellsTwiceWhyItEnds() {
        try (var socket = server.socket("/uni")) {
            var disconnect = socket.ask("{\"token\":\"nonsense\"}").get("disconnect");
            assertThat(disconnect.get("code").asInt()).isEqualTo(3500);
            assertThat(disconnect.get("reason").asText()).isEqualTo("invalid token");
            assertThat(socket.ending()).isEqualTo(new TestSocket.Ending(3500, "invalid token"));
        }
    }

    @Test
    void mayDoWithoutThePush() {
        try (var socket = server.socket("/mute")) {
            socket.send("{\"token\":\"nonsense\"}");
            assertThat(socket.message().opcode()).isEqualTo(8);
        }
    }

    @Test
    void mayDoWithoutTheClosingHandshake() {
        try (var socket = server.socket("/short")) {
            assertThat(socket.ask("{}").at("/disconnect/code").asInt()).isEqualTo(3501);
            assertThat(socket.ending().code()).isEqualTo(1006);
        }
    }

    @Test
    void turnsErrorsIntoDisconnects() {
        try (var socket = server.socket("/uni")) {
            var expired = server.token("ann", Duration.ofSeconds(-1));
            assertThat(socket.ask("{\"token\":\"" + expired + "\"}").at("/disconnect/code").asInt())
                    .isEqualTo(3005);
            assertThat(socket.ending().code()).isEqualTo(3005);
        }
    }

    @Test
    void cutsOffOverWhatIsNoConnectRequest() {
        try (var socket = server.socket("/uni")) {
            socket.send("[]");
            assertThat(socket.ending().code()).isEqualTo(3501);
        }
    }

    private static TestSocket connected(String path) {
        var socket = server.socket(path);
        assertThat(socket.ask(connect("ann")).has("connect")).isTrue();
        return socket;
    }

    private static void publish(int n) {
        server.publish("{\"channel\":\"chat:a\",\"payload\":{\"n\":" + n + "}}");
    }

    private static String connect(String user) {
        return "{\"token\":\"" + server.token(user) + "\",\"subs\":{\"chat:a\":{}}}";
    }
}
