package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signs of life, and what becomes of peers that show none. */
class HeartbeatTest {
    private static final Duration INTERVAL = Duration.ofSeconds(25);
    private static final Duration ANSWER = Duration.ofSeconds(9);

    private final TestClock clock = new TestClock();
    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.start(clock, "");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void dropsAPeerThatDoesNotAnswerAPing() {
        try (var dead = server.subscriber("post:1").withoutPongs();
                var alive = server.subscriber("post:1")) {
            assertPong(dead);
            assertPong(alive);
            clock.advance(INTERVAL);
            dead.awaitPing();
            alive.awaitPing();
            alive.sendPing("mine");
            assertThat(alive.pong().text()).isEqualTo("mine");
            clock.advance(ANSWER);
            assertThat(dead.ending()).isEqualTo(new TestSocket.Ending(3012, "no pong"));
            assertPong(alive);
        }
    }

    @Test
    void anyMessageIsASignOfLife() {
        try (var socket = server.subscriber("post:1").withoutPongs()) {
            assertPong(socket);
            for (int round = 0; round < 3; round++) {
                clock.advance(INTERVAL);
                socket.awaitPing();
                clock.advance(Duration.ofSeconds(1));
                assertPong(socket);
            }
        }
    }

    @Test
    void aPeerThatGoesWithoutAWordIsForgotten() {
        server.subscriber("post:1").close();
        server.lines("/sse?channels=post:1&token=" + server.token("1")).close();
        server.lines("/stream?channels=post:1&token=" + server.token("1")).close();
        await().untilAsserted(
                        () -> {
                            assertThat(server.metric("fanfare_connections")).isZero();
                            assertThat(server.metric("fanfare_subscriptions")).isZero();
                        });
    }

    @Test
    void streamsHaveHeartbeats() {
        var query = "?channels=post:1&token=" + server.token("1");
        try (var events = server.lines("/sse" + query);
                var lines = server.lines("/stream" + query)) {
            server.publish("{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}}");
            events.event();
            lines.line();
            clock.advance(INTERVAL);
            var block = events.block();
            while (block.comment().isEmpty()) {
                block = events.block();
            }
            assertThat(block.comment()).isEqualTo("ping");
            assertThat(lines.line()).isEmpty();
        }
    }

    @Test
    void answersACloseWithItsCode() {
        try (var wire = server.connect();
                var socket =
                        TestSocket.open(wire, "/ws?channels=post:1&token=" + server.token("1"))) {
            wire.write(TestSocket.frame(8, new byte[] {0x03, (byte) 0xE8}));
            assertThat(socket.ending().code()).isEqualTo(1000);
        }
    }

    private static void assertPong(TestSocket socket) {
        assertThat(socket.ask("{\"type\":\"ping\"}").get("type").asText()).isEqualTo("pong");
    }
}
