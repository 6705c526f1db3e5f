package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "/connection/http_stream, POST",
        "/connection/sse, 'GET, POST'",
        "/connection/uni_sse, 'GET, POST'",
        "/connection/uni_http_stream, POST",
        "/emulation, POST",
        "/connection/init, GET"
    })
    void theyMayUseTheCompatibleProtocolWithCredentials(String path, String methods) {
        var answer = preflight(path, ALLOWED);
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(ALLOWED);
        assertThat(answer.header("access-control-allow-credentials")).isEqualTo("true");
        assertThat(answer.header("access-control-allow-methods")).isEqualTo(methods);
        assertThat(answer.header("access-control-allow-headers")).contains("authorization");
        assertThat(answer.header("access-control-max-age")).isEqualTo("300");
        assertThat(answer.header("vary")).contains("Origin");

        var refused = preflight(path, "https://evil.example");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/connection/http_stream",
                "/connection/sse",
                "/connection/uni_sse",
                "/connection/uni_http_stream",
                "/emulation"
            })
    void otherPagesMaySayNothing(String path) {
        var body = path.contains("uni") ? "{}" : "{\"id\":1,\"connect\":{}}";
        var answer = server.post(path, body, "Origin: https://evil.example");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void everybodyAllowedMayAskWhetherThereIsAServer() {
        var answer = server.get("/connection/init", "Origin: " + ALLOWED);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(answer.header("content-type")).isEqualTo("application/json");
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(ALLOWED);
        assertThat(server.get("/connection/init").status()).isEqualTo(200);
        assertThat(server.get("/connection/init", "Origin: https://evil.example").status())
                .isEqualTo(403);
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
