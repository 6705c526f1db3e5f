package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may say on a WebSocket, and what they hear. */
class WebSocketCommandTest {
    private static final String PING = "{\"type\":\"ping\"}";
    private static final String PONG = "{\"type\":\"pong\"}";

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersPing() {
        try (var socket = server.subscriber("post:1")) {
            socket.send(PING);
            assertThat(socket.text()).isEqualTo(PONG);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"a\\u0041\"", "-7.50", "\"\"", "12345678901234567890"})
    void repeatsTheIdAsItWasWritten(String id) {
        try (var socket = server.subscriber("post:1")) {
            socket.send("{\"id\":" + id + ",\"type\":\"ping\"}");
            assertThat(socket.text()).isEqualTo("{\"type\":\"pong\",\"id\":" + id + "}");
            socket.send("{\"type\":\"nonsense\",\"id\":" + id + "}");
            assertThat(socket.text()).startsWith("{\"type\":\"error\",\"id\":" + id + ",");
        }
    }

    @Test
    void subscribesAndUnsubscribes() {
        try (var socket = server.subscriber("post:2")) {
            var subscribed =
                    socket.ask("{\"type\":\"subscribe\",\"id\":1,\"channel\":\"comment:2\"}");
            assertThat(subscribed.get("type").asText()).isEqualTo("subscribed");
            assertThat(subscribed.get("id").asInt()).isEqualTo(1);
            assertThat(subscribed.get("channel").asText()).isEqualTo("comment:2");
            assertThat(subscribed.get("offset").asLong()).isZero();
            assertThat(subscribed.has("epoch")).isTrue();
            gift("comment:2", 1);
            assertThat(socket.json().get("n").asInt()).isEqualTo(1);

            var unsubscribed =
                    socket.ask("{\"type\":\"unsubscribe\",\"id\":2,\"channel\":\"comment:2\"}");
            assertThat(unsubscribed.get("type").asText()).isEqualTo("unsubscribed");
            assertThat(unsubscribed.get("id").asInt()).isEqualTo(2);
            gift("comment:2", 2);
            gift("post:2", 3);
            assertThat(socket.json().get("n").asInt()).isEqualTo(3);
        }
    }

    @Test
    void subscribesAgainAfterUnsubscribing() {
        try (var socket = server.subscriber("post:3")) {
            socket.ask("{\"type\":\"unsubscribe\",\"channel\":\"post:3\"}");
            assertThat(socket.ask("{\"type\":\"subscribe\",\"channel\":\"post:3\"}").get("type"))
                    .hasToString("\"subscribed\"");
            gift("post:3", 1);
            assertThat(socket.json().get("n").asInt()).isEqualTo(1);
        }
    }

    @Test
    void recoversWhatWasMissedOnSubscribe() {
        var first = gift("post:4", 1).json();
        gift("post:4", 2);
        gift("post:4", 3);
        try (var socket =
                server.socket("/ws?envelope=true&channels=post:1&token=" + server.token("42"))) {
            var subscribed =
                    socket.ask(
                            "{\"type\":\"subscribe\",\"channel\":\"post:4\",\"since\":{\"epoch\":"
                                    + first.get("epoch")
                                    + ",\"offset\":1}}");
            assertThat(subscribed.get("recovered").asBoolean()).isTrue();
            gift("post:4", 4);
            for (int n = 2; n <= 4; n++) {
                var envelope = socket.json();
                assertThat(envelope.get("offset").asLong()).isEqualTo(n);
                assertThat(envelope.get("payload").get("n").asInt()).isEqualTo(n);
            }
        }
    }

    @Test
    void saysThatItCannotRecoverOnSubscribe() {
        gift("post:5", 1);
        try (var socket =
                server.socket("/ws?envelope=true&channels=post:1&token=" + server.token("42"))) {
            var subscribed =
                    socket.ask(
                            "{\"type\":\"subscribe\",\"channel\":\"post:5\",\"since\":{\"epoch\":\"elsewhen\",\"offset\":0}}");
            assertThat(subscribed.get("recovered").asBoolean()).isFalse();
            gift("post:5", 2);
            assertThat(socket.json().get("payload").get("n").asInt()).isEqualTo(2);
        }
    }

    @Test
    void refusesSinceWhereNoPositionsAreSeen() {
        try (var socket = server.subscriber("post:1")) {
            var error =
                    socket.ask(
                            "{\"type\":\"subscribe\",\"channel\":\"post:6\",\"since\":{\"epoch\":\"a\",\"offset\":0}}");
            assertThat(error.get("type").asText()).isEqualTo("error");
            assertThat(error.get("code").asText()).isEqualTo("bad_request");
            assertThat(error.get("message").asText()).contains("since").contains("envelope=true");
        }
    }

    @Test
    void publishesWhereTheCatalogueAllowsIt() {
        var member = server.token("42", Map.of("sessions", List.of("s1")));
        var target = "&channels=beheard:session:s1";
        try (var publisher = server.socket("/ws?token=" + member + target);
                var partner = server.socket("/ws?token=" + member + target)) {
            publisher.send(
                    "{\"type\":\"publish\",\"id\":\"p\",\"channel\":\"beheard:session:s1\",\"payload\":{\"type\":\"session.paused\","
                        + " \"by\":42}}");
            var one = publisher.json();
            var two = publisher.json();
            var answer = one.get("type").asText().equals("published") ? one : two;
            assertThat(answer.get("id").asText()).isEqualTo("p");
            assertThat(answer.get("offset").asLong()).isEqualTo(1);
            assertThat(answer.get("message_id").asText()).isNotEmpty();
            assertThat(partner.text()).isEqualTo("{\"type\":\"session.paused\", \"by\":42}");

            var named =
                    publisher.ask(
                            "{\"type\":\"publish\",\"channel\":\"beheard:session:s1\",\"event\":\"session.resumed\",\"payload\":{}}");
            assertThat(named.get("type").asText()).isNotEqualTo("error");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "post:1,             gift.received,  permission_denied",
        "post:01,            gift.received,  unknown_channel",
        "beheard:session:s2, session.paused, permission_denied",
        "beheard:session:s1, nonsense,       unknown_event",
        "beheard:session:s1, gift.received,  event_not_carried",
    })
    void refusesToPublishAsTheEndpointDoes(String channel, String event, String code) {
        var member = server.token("42", Map.of("sessions", List.of("s1")));
        try (var socket = server.socket("/ws?channels=post:1,beheard:session:s1&token=" + member)) {
            var error =
                    socket.ask(
                            "{\"type\":\"publish\",\"id\":5,\"channel\":\""
                                    + channel
                                    + "\",\"payload\":{\"type\":\""
                                    + event
                                    + "\"}}");
            assertThat(error.get("type").asText()).isEqualTo("error");
            assertThat(error.get("id").asInt()).isEqualTo(5);
            assertThat(error.get("code").asText()).isEqualTo(code);
            assertThat(error.get("message").asText()).isNotEmpty();
            assertLives(socket);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"subscribe\",\"channel\":\"post:0\"}          | unknown_channel",
                "{\"type\":\"subscribe\",\"channel\":\"stories:7\"}       | permission_denied",
                "{\"type\":\"subscribe\",\"channel\":\"post:1\"}          | already_subscribed",
                "{\"type\":\"subscribe\"}                                 | bad_request",
                "{\"type\":\"subscribe\",\"channel\":7}                   | bad_request",
                "{\"type\":\"subscribe\",\"channel\":\"post:9\",\"x\":1}  | bad_request",
                "{\"type\":\"publish\",\"channel\":\"post:1\"}            | bad_request",
                "{\"type\":\"dance\"}                                     | bad_request",
                "{\"type\":7}                                             | bad_request",
                "{\"type\":\"ping\",\"type\":\"ping\"}                    | bad_request",
                "{\"type\":\"ping\"} {\"type\":\"ping\"}                  | bad_request",
                "{\"type\":\"ping\",\"id\":{}}                            | bad_request",
                "{}                                                       | bad_request",
                "[]                                                       | bad_request",
                "[{\"type\":\"ping\"}]                                    | bad_request",
                "null                                                     | bad_request",
                "42                                                       | bad_request",
                "hello                                                    | bad_request",
                "{\"type\":\"ping\"                                       | bad_request",
                "'{'                                                      | bad_request",
            })
    void answersGarbageAndLives(String message, String code) {
        try (var socket = server.subscriber("post:1")) {
            var error = socket.ask(message);
            assertThat(error.get("type").asText()).isEqualTo("error");
            assertThat(error.get("code").asText()).isEqualTo(code);
            assertThat(error.get("message").asText()).contains("expected");
            assertLives(socket);
        }
    }

    @Test
    void answersAnEmptyMessageAndLives() {
        try (var socket = server.subscriber("post:1")) {
            assertThat(socket.ask("").get("code").asText()).isEqualTo("bad_request");
            assertThat(socket.ask(" \n").get("code").asText()).isEqualTo("bad_request");
            assertThat(socket.ask("[".repeat(30_000)).get("code").asText())
                    .isEqualTo("bad_request");
            assertLives(socket);
        }
    }

    @Test
    void answersABinaryFrameAndLives() {
        try (var socket = server.subscriber("post:1")) {
            socket.sendBinary(new byte[] {1, 2, 3});
            assertThat(socket.json().get("code").asText()).isEqualTo("bad_request");
            assertLives(socket);
        }
    }

    @Test
    void answersInTheOrderOfTheCommands() {
        try (var socket = server.subscriber("post:1")) {
            for (int id = 0; id < 90; id++) {
                socket.send(
                        id % 3 == 0
                                ? "{\"type\":\"ping\",\"id\":" + id + "}"
                                : id % 3 == 1
                                        ? "{\"type\":\"subscribe\",\"id\":"
                                                + id
                                                + ",\"channel\":\"comment:8\"}"
                                        : "{\"type\":\"unsubscribe\",\"id\":"
                                                + id
                                                + ",\"channel\":\"comment:8\"}");
            }
            for (int id = 0; id < 90; id++) {
                assertThat(socket.json().get("id").asInt()).isEqualTo(id);
            }
        }
    }

    @Test
    void answersWhatFollowsTheUpgradeAtOnce() {
        for (int round = 0; round < 200; round++) {
            try (var socket = server.subscriber("post:1")) {
                socket.send(PING);
                assertThat(socket.text()).isEqualTo(PONG);
            }
        }
    }

    private static HttpAnswer gift(String channel, int number) {
        var answer =
                server.publish(
                        "{\"channel\":\""
                                + channel
                                + "\",\"payload\":{\"type\":\"gift.received\",\"n\":"
                                + number
                                + "}}");
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }

    private static void assertLives(TestSocket socket) {
        socket.send(PING);
        assertThat(socket.text()).isEqualTo(PONG);
    }
}
