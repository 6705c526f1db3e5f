package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Every limit has a name, and whoever reaches it is told. */
class LimitsTest {
    private static final String PING = "{\"type\":\"ping\"}";

    @Test
    void connectionsInAll() {
        try (var server = RunningServer.start("limits.connections: 2\n")) {
            try (var one = server.subscriber("post:1");
                    var two = server.lines("/sse?channels=post:1&token=" + server.token("2"))) {
                assertThat(one.ask(PING).get("type").asText()).isEqualTo("pong");
                assertThat(two.block().retry()).isNotEmpty();
                assertThat(refusal(server, "3").problem())
                        .isEqualTo("503 limit_exceeded connections one more");
                assertThat(refusal(server, "3").header("retry-after")).isNotEmpty();
                assertThat(
                                server.get("/stream?channels=post:1&token=" + server.token("3"))
                                        .status())
                        .isEqualTo(503);
            }
            await().untilAsserted(() -> admit(server, "3").close());
        }
    }

    @Test
    void aRefusedConnectionTakesNoPlace() {
        try (var server =
                RunningServer.start("limits: { connections: 1, connections-per-user: 1 }\n")) {
            for (int i = 0; i < 3; i++) {
                assertThat(
                                server.refusal("/ws?channels=post:0&token=" + server.token("1"))
                                        .status())
                        .isEqualTo(403);
                assertThat(server.refusal("/ws?channels=post:1").status()).isEqualTo(401);
            }
            admit(server, "1").close();
        }
    }

    @Test
    void connectionsOfOneUser() {
        try (var server = RunningServer.start("limits.connections-per-user: 2\n")) {
            try (var one = admit(server, "1");
                    var two = admit(server, "1");
                    var other = admit(server, "2")) {
                assertThat(one.ask(PING).get("type").asText()).isEqualTo("pong");
                assertThat(two.ask(PING).get("type").asText()).isEqualTo("pong");
                assertThat(refusal(server, "1").problem())
                        .startsWith("429 limit_exceeded connections of this user");
                assertThat(other.ask(PING).get("type").asText()).isEqualTo("pong");
            }
            await().untilAsserted(() -> admit(server, "1").close());
        }
    }

    @Test
    void connectionsInASecond() {
        var clock = new TestClock();
        try (var server = RunningServer.start(clock, "limits.connections-per-second: 2\n")) {
            admit(server, "1").close();
            admit(server, "2").close();
            var answer = refusal(server, "3");
            assertThat(answer.problem())
                    .isEqualTo("503 too_many_requests connections in this second one more");
            assertThat(answer.header("retry-after")).isEqualTo("1");
            clock.advance(Duration.ofSeconds(1));
            admit(server, "3").close();
        }
    }

    @Test
    void channelsOfAConnection() {
        try (var server = RunningServer.start("limits.channels-per-connection: 2\n")) {
            var tooMany =
                    server.refusal("/ws?channels=post:1,post:2,post:3&token=" + server.token("1"));
            assertThat(tooMany.status()).isEqualTo(403);
            assertThat(tooMany.body()).contains("limit_exceeded", "at most 2");
            try (var socket = server.subscriber("post:1,post:2")) {
                var error = socket.ask("{\"type\":\"subscribe\",\"channel\":\"post:3\"}");
                assertThat(error.get("code").asText()).isEqualTo("limit_exceeded");
                assertThat(error.get("message").asText()).contains("at most 2");
                socket.ask("{\"type\":\"unsubscribe\",\"channel\":\"post:1\"}");
                assertThat(
                                socket.ask("{\"type\":\"subscribe\",\"channel\":\"post:3\"}")
                                        .get("type")
                                        .asText())
                        .isEqualTo("subscribed");
            }
        }
    }

    @Test
    void theLengthOfAChannelsName() {
        try (var server =
                RunningServer.start(
                        """
                        limits.channel-name-length: 10
                        channels: [{ pattern: "x:{name}", variables: { name: segment }, subscribe: everyone }]
                        """)) {
            server.subscriber("x:12345678").close();
            assertThat(server.refusal("/ws?channels=x:123456789&token=" + server.token("1")).body())
                    .contains("bad_request", "at most 10 characters");
        }
    }

    @Test
    void theSizeOfAFrame() {
        try (var server = RunningServer.start("limits.frame-size: 1KiB\n");
                var socket = server.subscriber("post:1")) {
            var largest = PING + " ".repeat(1024 - PING.length());
            assertThat(socket.ask(largest).get("type").asText()).isEqualTo("pong");
            socket.send(largest + " ");
            var ending = socket.ending();
            assertThat(ending.code()).isEqualTo(1009);
            assertThat(ending.reason()).contains("1024");
        }
    }

    @Test
    void messagesInASecond() {
        var clock = new TestClock();
        try (var server =
                        RunningServer.start(
                                clock, "limits: { messages-per-second: 5, message-burst: 10 }\n");
                var socket = server.subscriber("post:1")) {
            for (int i = 0; i < 10; i++) {
                assertThat(socket.ask(PING).get("type").asText()).isEqualTo("pong");
            }
            clock.advance(Duration.ofMillis(400));
            for (int i = 0; i < 2; i++) {
                assertThat(socket.ask(PING).get("type").asText()).isEqualTo("pong");
            }
            var error = socket.ask("{\"type\":\"ping\",\"id\":7}");
            assertThat(error.get("type").asText()).isEqualTo("error");
            assertThat(error.get("id").asInt()).isEqualTo(7);
            assertThat(error.get("code").asText()).isEqualTo("too_many_requests");
            assertThat(error.get("message").asText()).contains("5");
            assertThat(socket.ending()).isEqualTo(new TestSocket.Ending(3013, "too many requests"));
        }
    }

    @Test
    void anEndpointMayHaveABudgetOfItsOwn() {
        try (var server =
                        RunningServer.start(
                                new TestClock(),
                                """
                                endpoints:
                                  - { path: /ws, transport: websocket, messages-per-second: 1, message-burst: 1 }
                                """);
                var socket = server.subscriber("post:1")) {
            assertThat(socket.ask(PING).get("type").asText()).isEqualTo("pong");
            socket.send(PING);
            assertThat(socket.ending().code()).isEqualTo(3013);
        }
    }

    @Test
    void pingsOfTheProtocolAreFree() {
        try (var server =
                        RunningServer.start(
                                new TestClock(),
                                "limits: { messages-per-second: 1, message-burst: 1 }\n");
                var socket = server.subscriber("post:1")) {
            for (int i = 0; i < 20; i++) {
                socket.sendPing("p" + i);
                assertThat(socket.pong().text()).isEqualTo("p" + i);
            }
        }
    }

    private static TestSocket admit(RunningServer server, String user) {
        return server.socket("/ws?channels=post:1&token=" + server.token(user));
    }

    private static HttpAnswer refusal(RunningServer server, String user) {
        return server.refusal("/ws?channels=post:1&token=" + server.token(user));
    }
}
