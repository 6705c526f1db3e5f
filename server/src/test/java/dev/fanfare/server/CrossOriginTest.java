package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other origins may read from the streams. */
class CrossOriginTest {
    private static final String ALLOWED = "https://app.example.com";

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start("origins: ['" + ALLOWED + "']\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse", "/stream"})
    void pagesOfAllowedOriginsMayReadStreams(String path) {
        var target = path + "?channels=post:1&token=" + server.token("42");
        try (var lines = server.lines(target, "Origin: " + ALLOWED)) {
            assertThat(lines.header("access-control-allow-origin")).isEqualTo(ALLOWED);
            assertThat(lines.header("vary")).containsIgnoringCase("origin");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse", "/stream"})
    void theyMayReadRefusalsToo(String path) {
        var answer = server.get(path + "?channels=post:1", "Origin: " + ALLOWED);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse", "/stream"})
    void theyMaySendTheHeadersThatStreamsTake(String path) {
        var answer = preflight(path, ALLOWED);
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(ALLOWED);
        assertThat(answer.header("access-control-allow-methods")).contains("GET");
        assertThat(answer.header("access-control-allow-headers"))
                .containsIgnoringCase("authorization")
                .containsIgnoringCase("last-event-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/sse", "/stream"})
    void otherPagesMayReadNothing(String path) {
        assertThat(preflight(path, "https://evil.example").headers())
                .doesNotContainKey("access-control-allow-origin");
        var answer =
                server.get(
                        path + "?channels=post:1&token=" + server.token("42"),
                        "Origin: https://evil.example");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
    }

    private static HttpAnswer preflight(String path, String origin) {
        return server.request(
                "OPTIONS",
                path + "?channels=post:1",
                "Origin: " + origin,
                "Access-Control-Request-Method: GET",
                "Access-Control-Request-Headers: authorization");
    }
}
