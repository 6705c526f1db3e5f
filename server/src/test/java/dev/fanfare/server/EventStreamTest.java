package dev.fanfare.server;

import static dev.fanfare.server.EmulatedClient.connect;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The protocol compatible with Centrifugo in server-sent events. */
class EventStreamTest {
    private static final String SSE = "/connection/sse";

    private static TestClock clock;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        clock = new TestClock();
        server = RunningServer.start(clock, "");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void takesTheFirstCommandsFromTheQuery() {
        var commands =
                connect(server.token("42")) + "\n{\"id\":2,\"subscribe\":{\"channel\":\"post:1\"}}";
        try (var stream = server.lines(SSE + "?cf_connect=" + URLEncoder.encode(commands, UTF_8))) {
            assertThat(stream.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
            assertThat(stream.header("x-accel-buffering")).isEqualTo("no");
            assertThat(stream.line()).isEqualTo("\r");
            var welcome = stream.event().json();
            assertThat(welcome.at("/connect/session").asText()).isNotEmpty();
            assertThat(stream.event().json().has("subscribe")).isTrue();

            server.publish("{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}}");
            assertThat(stream.line())
                    .startsWith("data: {\"push\":{\"channel\":\"post:1\",\"pub\":");
            assertThat(stream.line()).isEmpty();
        }
    }

    /** EventSource 2 of Node.js holds an event back until the next, if both are in one chunk. */
    @Test
    void sendsTheEmptyLineByItself() throws IOException {
        try (var wire = server.connect()) {
            var command = URLEncoder.encode(connect(server.token("42")), UTF_8);
            wire.request("GET", SSE + "?cf_connect=" + command);

            assertThat(wire.head().status()).isEqualTo(200);
            assertThat(new String(wire.chunk(), UTF_8)).isEqualTo("\r\n");
            assertThat(new String(wire.chunk(), UTF_8)).startsWith("data: ").endsWith("\n\n");
        }
    }

    @Test
    void orFromABody() {
        try (var stream = server.stream(SSE, connect(server.token("42")))) {
            assertThat(stream.line()).isEqualTo("\r");
            assertThat(stream.event().json().at("/connect/pong").asBoolean()).isTrue();
        }
    }

    @Test
    void pingsAndWantsAnAnswer() {
        try (var stream = server.stream(SSE, connect(server.token("42")))) {
            assertThat(stream.line()).isEqualTo("\r");
            var result = stream.event().json().get("connect");
            var pong =
                    "{\"session\":%s,\"node\":%s,\"data\":\"{}\"}"
                            .formatted(result.get("session"), result.get("node"));

            clock.advance(Duration.ofSeconds(25));
            assertThat(stream.line()).isEqualTo("data: {}");
            assertThat(stream.line()).isEmpty();
            assertThat(server.post("/emulation", pong).status()).isEqualTo(204);

            clock.advance(Duration.ofSeconds(25));
            assertThat(stream.line()).isEqualTo("data: {}");
            assertThat(stream.line()).isEmpty();
            clock.advance(Duration.ofSeconds(9));
            assertThat(stream.event().json().at("/push/disconnect/code").asInt()).isEqualTo(3012);
            assertThat(stream.hasEnded()).isTrue();
        }
    }

    @Test
    void wantsCommands() {
        assertThat(server.get(SSE).problem()).isEqualTo("400 bad_request connect nothing");
        assertThat(server.post(SSE, "").problem()).isEqualTo("400 bad_request connect nothing");
    }

    @Test
    void endsOverCommandsThatCannotBeRead() {
        try (var stream = server.lines(SSE + "?cf_connect=nonsense")) {
            assertThat(stream.line()).isEqualTo("\r");
            assertThat(stream.event().json().at("/push/disconnect/code").asInt()).isEqualTo(3501);
            assertThat(stream.hasEnded()).isTrue();
        }
    }
}
