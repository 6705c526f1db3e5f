package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.server.config.Development;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** REST compatible with Ably, as HTTP has it. */
class RestHostTest {
    private static final String ORIGIN = "https://app.example.com";
    private static final String KEY =
            "Authorization: Basic "
                    + Base64.getEncoder().encodeToString(Development.ABLY_KEY.getBytes(UTF_8));
    private static final String JSON = "Content-Type: application/json";

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start("origins: ['" + ORIGIN + "']\nably.frame-size: 100KiB\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void namesTheTypeOfItsAnswersAndNothingMore() {
        assertThat(server.get("/time").header("content-type")).isEqualTo("application/json");
        assertThat(server.get("/stats").header("content-type")).isEqualTo("application/json");
        assertThat(server.get("/time", "Accept: application/x-msgpack").header("content-type"))
                .isEqualTo("application/x-msgpack");
    }

    @Test
    void answersItsClientsInTheirWordsOnPathsThatAreNobodys() {
        var missing = server.get("/nowhere", "X-Ably-Version: 6");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.json().at("/error/code").asInt()).isEqualTo(40400);
        assertThat(missing.header("x-ably-errorcode")).isEqualTo("40400");
        assertThat(server.get("/channels/a/nothing").json().at("/error/code").asInt())
                .isEqualTo(40400);

        assertThat(server.get("/nowhere").problem()).startsWith("404 not_found");
        assertThat(server.get("/health/live", "X-Ably-Version: 6").status()).isEqualTo(200);
    }

    @Test
    void takesNamesOfChannelsPercentEncoded() {
        var path = "/channels/post%3A1/messages";
        var published = server.post(path, "{\"name\":\"gift.received\",\"data\":{}}", KEY, JSON);
        assertThat(published.status()).as(published.body()).isEqualTo(201);
        assertThat(published.json().get("channel").asText()).isEqualTo("post:1");
        var history = server.get(path, KEY);
        assertThat(history.json().get(0).get("name").asText()).isEqualTo("gift.received");
        assertThat(history.header("link")).contains("<./messages?>; rel=\"first\"");

        var unknown = server.post("/channels/no%2Fwhere/messages", "{\"data\":\"x\"}", KEY, JSON);
        assertThat(unknown.json().at("/error/code").asInt()).isEqualTo(40160);
    }

    @Test
    void isOpenToPagesOfAllowedOrigins() {
        var asked =
                server.request(
                        "OPTIONS",
                        "/keys/dev000.key001/requestToken",
                        "Origin: " + ORIGIN,
                        "Access-Control-Request-Method: POST",
                        "Access-Control-Request-Headers: content-type, x-ably-version");
        assertThat(asked.status()).isEqualTo(204);
        assertThat(asked.header("access-control-allow-origin")).isEqualTo(ORIGIN);
        assertThat(asked.header("access-control-allow-methods")).contains("POST");
        assertThat(asked.header("access-control-allow-headers"))
                .containsIgnoringCase("x-ably-version")
                .containsIgnoringCase("authorization");

        var answer = server.get("/nothing", "X-Ably-Version: 6", "Origin: " + ORIGIN);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(ORIGIN);
        assertThat(answer.header("access-control-expose-headers")).contains("Link");
        assertThat(server.get("/time", "Origin: https://evil.example").headers())
                .doesNotContainKey("access-control-allow-origin");
    }

    @Test
    void refusesBodiesThatAreTooLarge() {
        var body = "{\"data\":\"" + "x".repeat(110_000) + "\"}";
        var refused = server.post("/channels/post%3A1/messages", body, KEY, JSON);
        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.json().at("/error/code").asInt()).isEqualTo(40009);
    }

    @Test
    void countsThoseWhoListenWhateverTheySpeak() {
        try (var _ = server.subscriber("post:7")) {
            var details = server.get("/channels/post%3A7", KEY).json();
            assertThat(details.at("/status/isActive").asBoolean()).isTrue();
            assertThat(details.at("/status/occupancy/metrics/subscribers").asInt()).isEqualTo(1);
            assertThat(server.get("/channels?by=id&prefix=post:7", KEY).body())
                    .isEqualTo("[\"post:7\"]");
        }
    }

    @Test
    void isNotThereWhereThereIsNoKey() {
        try (var without = RunningServer.start("ably.enabled: false\n")) {
            assertThat(without.get("/time").problem()).startsWith("404 not_found");
        }
    }
}
