package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol compatible with Centrifugo one way, in responses without an end. */
class OneWayStreamTest {
    private static final String SSE = "/connection/uni_sse";
    private static final String LINES = "/connection/uni_http_stream";

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
                          - { path: /connection/uni_sse, transport: centrifuge-uni-sse }
                          - { path: /connection/uni_http_stream, transport: centrifuge-uni-http-stream }
                          - path: /mapped
                            transport: centrifuge-uni-http-stream
                            connect-code-to-disconnect:
                              109: { code: 4001, reason: come back }
                          - path: /answered
                            transport: centrifuge-uni-sse
                            connect-code-to-http-response:
                              109: { status: 401, body: token expired }
                              3500: { status: 403 }
                        channels:
                          - pattern: "chat:{id}"
                            variables: { id: segment }
                            subscribe: everyone
                            history: { size: 10, age: 10m }
                          - pattern: "closed:{id}"
                            variables: { id: segment }
                        """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void beginsWithAPushThatSaysWhoTheClientIs() {
        try (var stream =
                server.stream(LINES, connect("ann", Map.of("channels", new String[] {"chat:a"})))) {
            var connect = stream.json().get("connect");
            assertThat(connect.get("client").asText()).hasSize(36);
            assertThat(connect.get("version").asText()).isNotEmpty();
            assertThat(connect.get("expires").asBoolean()).isTrue();
            assertThat(connect.get("ttl").asInt()).isEqualTo(3600);
            assertThat(connect.get("ping").asInt()).isEqualTo(25);
            assertThat(connect.has("pong")).isFalse();
            assertThat(connect.get("session").asText()).isNotEmpty();
            assertThat(connect.get("node").asText()).isNotEmpty();
            assertThat(connect.at("/subs").has("chat:a")).isTrue();
        }
    }

    @Test
    void goesOnWithPublications() {
        try (var stream =
                server.stream(
                        LINES,
                        "{\"token\":\"" + server.token("ann") + "\",\"subs\":{\"chat:b\":{}}}")) {
            assertThat(stream.json().at("/connect/subs").has("chat:b")).isTrue();
            server.publish("{\"channel\":\"chat:b\",\"payload\":{\"n\":1}}");
            var push = stream.json();
            assertThat(push.get("channel").asText()).isEqualTo("chat:b");
            assertThat(push.at("/pub/data/n").asInt()).isEqualTo(1);
            assertThat(push.at("/pub/offset").asInt()).isEqualTo(1);
        }
    }

    @Test
    void continuesWhereTheClientLeftOff() {
        server.publish("{\"channel\":\"chat:c\",\"payload\":{\"n\":1}}");
        server.publish("{\"channel\":\"chat:c\",\"payload\":{\"n\":2}}");
        var connect =
                "{\"token\":\"%s\",\"subs\":{\"chat:c\":{\"recover\":true,\"offset\":1}}}"
                        .formatted(server.token("ann"));
        try (var stream = server.stream(LINES, connect)) {
            var subscribed = stream.json().at("/connect/subs/chat:c");
            assertThat(subscribed.get("recovered").asBoolean()).isTrue();
            assertThat(subscribed.at("/publications/0/data/n").asInt()).isEqualTo(2);
        }
    }

    @Test
    void passesOverProposedChannelsThatTheClientMayNotHave() {
        var connect =
                "{\"token\":\"%s\",\"subs\":{\"closed:a\":{}}}".formatted(server.token("ann"));
        try (var stream = server.stream(LINES, connect)) {
            assertThat(stream.json().at("/connect/subs").has("closed:a")).isFalse();
        }
    }

    @Test
    void speaksInServerSentEvents() {
        try (var stream = server.lines(SSE + "?cf_connect=" + encoded(connect("ann", Map.of())))) {
            assertThat(stream.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
            assertThat(stream.line()).isEqualTo("\r");
            assertThat(stream.event().json().has("connect")).isTrue();
        }
        try (var stream = server.stream(SSE, connect("ann", Map.of()))) {
            assertThat(stream.line()).isEqualTo("\r");
            assertThat(stream.line()).startsWith("data: {\"connect\":{");
            assertThat(stream.line()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LINES, SSE})
    void pingsWithAnEmptyPush(String path) {
        try (var stream = server.stream(path, connect("ann", Map.of()))) {
            if (path.equals(SSE)) {
                assertThat(stream.line()).isEqualTo("\r");
            }
            assertThat(stream.line()).contains("\"ping\":25");
            if (path.equals(SSE)) {
                assertThat(stream.line()).isEmpty();
            }
            clock.advance(Duration.ofSeconds(25));
            assertThat(stream.line()).isIn("{}", "data: {}");
        }
    }

    @Test
    void endsWithTheTokenWithoutGrace() {
        var connect = "{\"token\":\"" + server.token("ann", Duration.ofSeconds(5)) + "\"}";
        try (var stream = server.stream(LINES, connect)) {
            assertThat(stream.json().has("connect")).isTrue();
            clock.advance(Duration.ofSeconds(6));
            assertThat(stream.json().at("/disconnect/code").asInt()).isEqualTo(3005);
            assertThat(stream.hasEnded()).isTrue();
        }
    }

    @Test
    void turnsErrorsIntoDisconnects() {
        var expired = "{\"token\":\"" + server.token("ann", Duration.ofSeconds(-1)) + "\"}";
        try (var stream = server.stream(LINES, expired)) {
            var disconnect = stream.json().get("disconnect");
            assertThat(disconnect.get("code").asInt()).isEqualTo(3005);
            assertThat(disconnect.get("reconnect").asBoolean()).isTrue();
            assertThat(stream.hasEnded()).isTrue();
        }
        try (var stream = server.stream("/mapped", expired)) {
            var disconnect = stream.json().get("disconnect");
            assertThat(disconnect.get("code").asInt()).isEqualTo(4001);
            assertThat(disconnect.get("reason").asText()).isEqualTo("come back");
        }
    }

    @Test
    void mayTurnThemIntoAnswers() {
        var expired = "{\"token\":\"" + server.token("ann", Duration.ofSeconds(-1)) + "\"}";
        var answer = server.post("/answered", expired);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("token expired");
        assertThat(server.post("/answered", "{\"token\":\"nonsense\"}").status()).isEqualTo(403);
        try (var stream = server.stream("/answered", "{}")) {
            assertThat(stream.line()).isEqualTo("\r");
            assertThat(stream.event().json().at("/disconnect/code").asInt()).isEqualTo(3501);
        }
    }

    @Test
    void aConnectRequestWithoutATokenIsNobodys() {
        try (var stream = server.stream(LINES, "{}")) {
            assertThat(stream.json().at("/disconnect/code").asInt()).isEqualTo(3501);
        }
        try (var stream = server.lines(SSE)) {
            assertThat(stream.line()).isEqualTo("\r");
            assertThat(stream.event().json().at("/disconnect/code").asInt()).isEqualTo(3501);
        }
    }

    @Test
    void refusesWhatIsNoConnectRequest() {
        assertThat(server.post(LINES, "nonsense").problem()).startsWith("400 bad_request connect");
        assertThat(server.get(SSE + "?cf_connect=nonsense").problem())
                .startsWith("400 bad_request connect");
    }

    @Test
    void onlyServerSentEventsCanBeAskedForByGet() {
        assertThat(server.get(LINES).status()).isEqualTo(405);
    }

    private static String connect(String user, Map<String, ?> claims) {
        return "{\"token\":\"" + server.token(user, claims) + "\"}";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
