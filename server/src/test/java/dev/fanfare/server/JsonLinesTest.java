package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Channels as lines of JSON. */
class JsonLinesTest {
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
    void everyPayloadIsALine() {
        try (var lines = server.lines(target("post:1"))) {
            assertThat(lines.header("content-type")).startsWith("application/x-ndjson");
            server.publish("{\"channel\":\"post:1\",\"payload\":{ \"type\":\"gift.received\" }}");
            server.publish("{\"channel\":\"post:1\",\"payload\":{\"type\":\n\"gift.received\"}}");
            assertThat(lines.line()).isEqualTo("{ \"type\":\"gift.received\" }");
            assertThat(lines.line()).isEqualTo("{\"type\":\"gift.received\"}");
        }
    }

    @Test
    void continuesFromAPosition() {
        var epoch = publish(1).json().get("epoch").asText();
        publish(2);
        try (var lines =
                server.lines(target("post:2") + "&envelope=true&since=post:2@" + epoch + ":1")) {
            publish(3);
            assertThat(Json.read(lines.line()).get("offset").asLong()).isEqualTo(2);
            assertThat(Json.read(lines.line()).get("offset").asLong()).isEqualTo(3);
        }
    }

    @Test
    void tellsOfAGap() {
        publish(1);
        try (var lines =
                server.lines(target("post:2") + "&envelope=true&since=post:2@elsewhen:1")) {
            assertThat(Json.read(lines.line()).get("type").asText()).isEqualTo("gap");
        }
    }

    @Test
    void refusesAsTheSocketDoes() {
        assertThat(server.get("/stream?channels=post:1").status()).isEqualTo(401);
        assertThat(server.get(target("post:0")).problem())
                .isEqualTo("403 channels_refused channels post:0");
    }

    private static String target(String channels) {
        return "/stream?token=" + server.token("42") + "&channels=" + channels;
    }

    private static HttpAnswer publish(int number) {
        return server.publish(
                "{\"channel\":\"post:2\",\"payload\":{\"type\":\"gift.received\",\"n\":"
                        + number
                        + "}}");
    }
}
