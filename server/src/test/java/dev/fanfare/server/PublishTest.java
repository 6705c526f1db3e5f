package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What backends may post beside a single gift. */
class PublishTest {
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
    void namesTheEventWhereThePayloadDoesNot() {
        try (var socket = server.subscriber("post:1")) {
            assertThat(
                            server.publish(
                                            "{\"channel\":\"post:1\",\"event\":\"gift.received\",\"payload\":{\"n\":1}}")
                                    .status())
                    .isEqualTo(200);
            assertThat(socket.text()).isEqualTo("{\"n\":1}");
        }
    }

    @Test
    void takesJsonWithACharset() {
        try (var wire = server.connect()) {
            var answer =
                    RunningServer.post(
                            wire,
                            gift("post:1", 1),
                            "authorization: bearer dev-publish-token",
                            "content-type: Application/JSON; charset=utf-8");
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    @Test
    void answersAnArrayOneByOne() {
        try (var socket = server.subscriber("post:2,comment:2")) {
            var answer =
                    server.publish(
                            "["
                                    + gift("post:2", 1)
                                    + ","
                                    + gift("post:0", 2)
                                    + ","
                                    + gift("comment:2", 3)
                                    + ",{\"channel\":\"post:2\"},"
                                    + gift("post:2", 4)
                                    + "]");
            assertThat(answer.status()).isEqualTo(200);
            var answers = answer.json();
            assertThat(answers).hasSize(5);
            assertThat(answers.get(0).get("offset").asLong()).isEqualTo(1);
            assertThat(answers.get(1).get("code").asText()).isEqualTo("unknown_channel");
            assertThat(answers.get(1).get("status").asInt()).isEqualTo(400);
            assertThat(answers.get(2).get("channel").asText()).isEqualTo("comment:2");
            assertThat(answers.get(3).get("field").asText()).isEqualTo("payload");
            assertThat(answers.get(4).get("offset").asLong()).isEqualTo(2);
            assertThat(IntStream.range(0, 3).mapToObj(i -> socket.json().get("n").asInt()))
                    .containsExactlyInAnyOrder(1, 3, 4);
        }
    }

    @Test
    void takesAThousandInOrder() {
        try (var socket = server.subscriber("post:3")) {
            var answers = server.publish(gifts("post:3", 1000)).json();
            assertThat(answers).hasSize(1000);
            assertThat(answers)
                    .extracting((JsonNode each) -> each.get("offset").asInt())
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, 1000).boxed().toList());
            for (int n = 0; n < 1000; n++) {
                assertThat(socket.json().get("n").asInt()).isEqualTo(n);
            }
        }
    }

    @Test
    void refusesAThousandAndOneAsAWhole() {
        try (var socket = server.subscriber("post:4")) {
            var answer = server.publish(gifts("post:4", 1001));
            assertThat(answer.problem()).startsWith("413 payload_too_large body");
            assertThat(answer.json().get("expected").asText()).contains("1000");
            server.publish(gift("post:4", 5000));
            assertThat(socket.json().get("n").asInt()).isEqualTo(5000);
        }
    }

    @Test
    void theMostOfAnArrayIsConfigured() {
        try (var strict = RunningServer.start("publish.batch-limit: 2\n")) {
            assertThat(strict.publish(gifts("post:1", 2)).status()).isEqualTo(200);
            assertThat(strict.publish(gifts("post:1", 3)).status()).isEqualTo(413);
        }
    }

    @Test
    void anEmptyArrayIsAnsweredByOne() {
        assertThat(server.publish("[]").body()).isEqualTo("[]");
    }

    @Test
    void answersRequestsInOrderOnOneConnection() throws IOException {
        try (var wire = server.connect()) {
            for (int i = 0; i < 50; i++) {
                wire.request(
                        "POST",
                        "/internal/publish",
                        gift("post:5", i).getBytes(UTF_8),
                        "Authorization: Bearer dev-publish-token",
                        "Content-Type: application/json");
            }
            for (int i = 1; i <= 50; i++) {
                assertThat(wire.answer().json().get("offset").asInt()).isEqualTo(i);
            }
        }
    }

    @Test
    void tellsAClientThatAsksToGoOn() throws IOException {
        try (var wire = server.connect()) {
            var body = gift("post:6", 1).getBytes(UTF_8);
            wire.request(
                    "POST",
                    "/internal/publish",
                    "Authorization: Bearer dev-publish-token",
                    "Content-Type: application/json",
                    "Content-Length: " + body.length,
                    "Expect: 100-continue");
            assertThat(wire.head().status()).isEqualTo(100);
            wire.write(body);
            assertThat(wire.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void takesAChunkedBody() {
        try (var wire = server.connect()) {
            var body = gift("post:7", 1);
            wire.request(
                    "POST",
                    "/internal/publish",
                    "Authorization: Bearer dev-publish-token",
                    "Content-Type: application/json",
                    "Transfer-Encoding: chunked");
            for (int i = 0; i < body.length(); i++) {
                wire.write("1\r\n" + body.charAt(i) + "\r\n");
            }
            wire.write("0\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(200);
        }
    }

    private static String gifts(String channel, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> gift(channel, n))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String gift(String channel, int number) {
        return "{\"channel\":\""
                + channel
                + "\",\"payload\":{\"type\":\"gift.received\",\"n\":"
                + number
                + "}}";
    }
}
