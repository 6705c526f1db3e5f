package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job: a backend posts an event, and everybody who looks sees it. */
class GiftDeliveryTest {
    private static final String GIFT =
            """
            {"type":"gift.received","id":123,"target":{"type":"post","id":456},"sender":{"id":42},
             "gift_type":{"id":7,"key":"test_heart_1usd","name":"Test Heart","kind":"static",
               "media_url":"https://api.example.com/media/gifts/test-heart.png","animation_url":"",
               "price_slc_cents":100,"is_active":true},
             "quantity":1,"total_amount_cents":100,"created_at":"2025-01-25T12:00:00Z"}\
            """;

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
    void curlPublishesAndTheSocketHasThePayloadAlone() throws Exception {
        try (var socket = server.subscriber("post:123,comment:9")) {
            var curl =
                    new ProcessBuilder(
                                    "curl",
                                    "-sS",
                                    "-X",
                                    "POST",
                                    "http://localhost:" + server.port() + "/internal/publish",
                                    "-H",
                                    "Content-Type: application/json",
                                    "-H",
                                    "Authorization: Bearer dev-publish-token",
                                    "-d",
                                    "{\"channel\":\"post:123\",\"payload\":{\"type\":\"gift.received\"}}")
                            .redirectErrorStream(true)
                            .start();
            var printed = new String(curl.getInputStream().readAllBytes(), UTF_8);
            assertThat(curl.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(printed).startsWith("{\"channel\":\"post:123\",\"id\":\"");
            assertThat(socket.text()).isEqualTo("{\"type\":\"gift.received\"}");
        }
    }

    @Test
    void answersWithChannelIdAndPosition() {
        var answer =
                server.publish(
                        "{\"channel\":\"comment:77\",\"payload\":{\"type\":\"gift.received\"}}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.json().fieldNames())
                .toIterable()
                .containsExactly("channel", "id", "epoch", "offset");
        assertThat(answer.json().get("channel").asText()).isEqualTo("comment:77");
        assertThat(answer.json().get("offset").asLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GIFT,
                "{ \t\"type\" :\r\n \"gift.received\" , \"n\" : 1.50e+2 }",
                "{\"type\":\"gift.received\",\"text\":\"❤️ 𝄞 \\u2764 \\/ \\ud83d\\ude00\"}",
                "{\"n\":123456789012345678901234567890.000,\"type\":\"gift\\u002ereceived\"}",
                "{\"type\":\"gift.received\",\"lone\":\"\\ud800\",\"nul\":\"\\u0000\"}",
            })
    void deliversEveryByteOfThePayload(String payload) {
        try (var socket = server.subscriber("post:5")) {
            var answer = server.publish("{\"channel\":\"post:5\",\"payload\":  " + payload + "\n}");
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(socket.text()).isEqualTo(payload);
        }
    }

    @Test
    void deliversToAllTransportsAtOnce() {
        var query = "?token=" + server.token("7") + "&channels=post:6";
        try (var socket = server.socket("/ws" + query);
                var envelopes = server.socket("/ws" + query + "&envelope=true");
                var events = server.lines("/sse" + query);
                var lines = server.lines("/stream" + query)) {
            server.publish(
                    "{\"channel\":\"post:6\",\"id\":\"g-1\",\"payload\":{\"type\":\"gift.received\"}}");
            assertThat(socket.text()).isEqualTo("{\"type\":\"gift.received\"}");
            assertThat(events.event().data()).isEqualTo("{\"type\":\"gift.received\"}");
            assertThat(lines.line()).isEqualTo("{\"type\":\"gift.received\"}");
            var envelope = envelopes.json();
            assertThat(envelope.fieldNames())
                    .toIterable()
                    .containsExactly("channel", "id", "epoch", "offset", "time", "payload");
            assertThat(envelope.get("channel").asText()).isEqualTo("post:6");
            assertThat(envelope.get("id").asText()).isEqualTo("g-1");
            assertThat(envelope.get("payload").toString())
                    .isEqualTo("{\"type\":\"gift.received\"}");
        }
    }

    @Test
    void everySubscriberSeesOneOrder() {
        var sockets = new ArrayList<TestSocket>();
        for (int i = 0; i < 8; i++) {
            sockets.add(server.subscriber("post:8"));
        }
        try (var one = server.connect();
                var other = server.connect()) {
            for (int i = 0; i < 100; i++) {
                publishNumber(i % 2 == 0 ? one : other, i);
            }
        }
        var orders = sockets.stream().map(socket -> messages(socket, 100)).distinct().toList();
        assertThat(orders).hasSize(1);
        sockets.forEach(TestSocket::close);
    }

    @Test
    void leavesOutTheExcludedUserOnEveryConnection() {
        var query = "&channels=post:9";
        try (var sender = server.socket("/ws?token=" + server.token("42") + query);
                var senderToo = server.lines("/sse?token=" + server.token("42") + query);
                var other = server.socket("/ws?token=" + server.token("43") + query)) {
            server.publish(
                    "{\"channel\":\"post:9\",\"excludeUserId\":\"42\",\"payload\":{\"type\":\"gift.received\",\"n\":1}}");
            server.publish(
                    "{\"channel\":\"post:9\",\"payload\":{\"type\":\"gift.received\",\"n\":2}}");
            assertThat(other.json().get("n").asInt()).isEqualTo(1);
            assertThat(other.json().get("n").asInt()).isEqualTo(2);
            assertThat(sender.json().get("n").asInt()).isEqualTo(2);
            assertThat(senderToo.event().json().get("n").asInt()).isEqualTo(2);
        }
    }

    private static void publishNumber(HttpWire wire, int number) {
        var body =
                "{\"channel\":\"post:8\",\"payload\":{\"type\":\"gift.received\",\"n\":"
                        + number
                        + "}}";
        assertThat(RunningServer.publish(wire, body).status()).isEqualTo(200);
    }

    private static List<String> messages(TestSocket socket, int count) {
        var messages = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            messages.add(socket.text());
        }
        return messages;
    }
}
