package dev.fanfare.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys, paths, ports, bodies and statuses, whatever the method. */
@Timeout(60)
class ApiRequestTest {
    private static final String BODY = "{\"channel\":\"live:x\",\"data\":1}";
    private static final String KEY = "dev-api-key";

    @Test
    void takesTheKeyInEachOfItsForms() {
        try (var server = ApiServer.start()) {
            assertThat(server.post("/api/publish", BODY, "X-API-Key", KEY).statusCode())
                    .isEqualTo(200);
            assertThat(
                            server.post("/api/publish", BODY, "Authorization", "apikey " + KEY)
                                    .statusCode())
                    .isEqualTo(200);
            assertThat(server.post("/api/publish?api_key=" + KEY, BODY).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void refusesEveryOtherKey() {
        try (var server = ApiServer.start()) {
            assertThat(server.post("/api/publish", BODY, "X-API-Key", "dev-api-kez"))
                    .satisfies(
                            answer -> {
                                assertThat(answer.statusCode()).isEqualTo(401);
                                assertThat(answer.body()).contains("\"code\":\"unauthorized\"");
                                assertThat(answer.headers().firstValue("WWW-Authenticate"))
                                        .contains("apikey");
                            });
            assertThat(
                            server.post("/api/batch", BODY, "Authorization", "Bearer " + KEY)
                                    .statusCode())
                    .isEqualTo(401);
            assertThat(server.post("/api", BODY).statusCode()).isEqualTo(401);
            assertThat(server.post("/api/publish?api_key=", BODY).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void eachOfSeveralKeysIsGood() {
        try (var server =
                ApiServer.start(Map.of(), Map.of("CENTRIFUGO_API_KEY", "first-key, second-key"))) {
            for (var key : new String[] {"first-key", "second-key"}) {
                assertThat(server.post("/api/publish", BODY, "X-API-Key", key).statusCode())
                        .isEqualTo(200);
            }
            assertThat(server.post("/api/publish", BODY, "X-API-Key", KEY).statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void withoutAKeyEveryCallIsRefused() {
        var options = Map.of("dev", "false", "token.secret", "s".repeat(32));
        try (var server = ApiServer.start(options)) {
            var answer = server.post("/api/publish", BODY, "X-API-Key", "");

            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.body()).contains("FANFARE_API_KEY");
        }
    }

    @Test
    void takesEveryCallWhereThatIsConfigured() {
        try (var server = ApiServer.start(Map.of("api.insecure", "true"))) {
            assertThat(server.post("/api/publish", BODY).statusCode()).isEqualTo(200);
            assertThat(server.post("/api/publish", BODY, "X-API-Key", "any").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void isServedWhereThatIsConfigured() {
        try (var server = ApiServer.start(Map.of("api.path", "/backend/v1"))) {
            assertThat(server.post("/backend/v1/publish", BODY, "X-API-Key", KEY).statusCode())
                    .isEqualTo(200);
            assertThat(server.post("/api/publish", BODY, "X-API-Key", KEY).statusCode())
                    .isEqualTo(404);
        }
        try (var server = ApiServer.start(Map.of("api.path", "/"))) {
            assertThat(server.post("/publish", BODY, "X-API-Key", KEY).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void movesToTheInternalPortByName() {
        try (var server = ApiServer.start(Map.of("internal-port", "0"))) {
            assertThat(server.post("/api/publish", BODY, "X-API-Key", KEY).statusCode())
                    .isEqualTo(404);
            assertThat(
                            server.post(
                                            server.internalPort(),
                                            "/api/publish",
                                            BODY,
                                            "X-API-Key",
                                            KEY)
                                    .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void takesPostsAlone() {
        try (var server = ApiServer.start()) {
            var answer = server.send(server.port(), "GET", "/api/publish", "", "X-API-Key", KEY);

            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("POST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nope", "{\"channel\":\"a\"} x", "{\"data\":1,\"data\":2}"})
    void refusesWhatIsNoJson(String body) {
        try (var server = ApiServer.start()) {
            for (var path : new String[] {"/api/publish", "/api/batch", "/api"}) {
                var answer = server.post(path, body, "X-API-Key", KEY);

                assertThat(answer.statusCode()).as(path).isEqualTo(400);
                assertThat(answer.body()).contains("\"field\":\"body\"");
            }
        }
    }

    @Test
    void limitsBodiesChannelsAndCommands() {
        try (var server =
                ApiServer.start(Map.of("api.body-limit", "1KiB", "api.batch-limit", "1"))) {
            assertThat(server.post("/api/publish", " ".repeat(1025), "X-API-Key", KEY).statusCode())
                    .isEqualTo(413);
            assertThat(server.call("broadcast", "{\"channels\":[\"a\",\"b\"],\"data\":1}"))
                    .contains("bad request: channels: 2 channels (expected: at most 1)");
            assertThat(server.call("batch", "{\"commands\":[{\"rpc\":{}},{\"rpc\":{}}]}"))
                    .contains("bad request: commands: 2 commands (expected: at most 1)");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "publish, nowhere, 404, 102",
        "publish, '', 400, 107",
        "history, live:x, 400, 108",
        "rpc, nowhere, 404, 104",
        "history, news:x, 416, 112"
    })
    void tellsErrorsByTheStatusWhereTheCallerWantsThat(
            String method, String channel, int status, int code) {
        var body =
                """
                {"channel":"%s","data":1,"method":"none","since":{"offset":1,"epoch":"other"}}\
                """
                        .formatted(channel);
        try (var server = ApiServer.start()) {
            var answer =
                    server.post(
                            "/api/" + method,
                            body,
                            "X-API-Key",
                            KEY,
                            "X-Centrifugo-Error-Mode",
                            "transport");

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).startsWith("{\"error\":{\"code\":" + code + ",");
        }
    }

    @Test
    void tellsErrorsByTheStatusWhereThatIsConfigured() {
        try (var server = ApiServer.start(Map.of("api.error-mode", "transport"))) {
            assertThat(server.post("/api/publish", "{}", "X-API-Key", KEY).statusCode())
                    .isEqualTo(400);
            assertThat(server.post("/api/publish", BODY, "X-API-Key", KEY).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void answersTheOlderFormOfOneLineOrSeveral() {
        try (var server = ApiServer.start()) {
            var one = "{\n\"params\":" + BODY + ",\n\"method\":\"publish\"\n}";
            var two = "{\"method\":\"publish\",\"params\":" + BODY + "}\n{\"method\":\"fly\"}\n";

            assertThat(server.post("/api", one, "X-API-Key", KEY).body())
                    .isEqualTo("{\"result\":{}}");
            assertThat(server.post("/api", two, "X-API-Key", KEY).body())
                    .isEqualTo(
                            "{\"result\":{}}\n"
                                    + "{\"error\":{\"code\":104,"
                                    + "\"message\":\"method not found\"}}");
        }
    }
}
