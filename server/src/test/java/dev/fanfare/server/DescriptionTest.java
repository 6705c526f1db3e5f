package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.server.config.Development;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code /openapi.json} says of answers is what the server answers. */
@Timeout(60)
class DescriptionTest {
    private static RunningServer server;
    private static DescribedAnswers described;

    @BeforeAll
    static void start() {
        server = RunningServer.start("applications.enabled: true\n");
        await().until(() -> server.get("/health/ready").status() == 200);
        described = new DescribedAnswers(server.get("/openapi.json").json());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    GET   | /health                  |
                    GET   | /health/live             |
                    GET   | /health/ready            |
                    GET   | /openapi.json            |
                    GET   | /connection/init         |
                    GET   | /api/v1/realtime/token   |
                    GET   | /api/gift-types          |
                    GET   | /api/wallet              |
                    GET   | /api/stats               |
                    GET   | /api/profile             |
                    GET   | /api/streak              |
                    GET   | /api/shop/items          |
                    GET   | /api/shop/inventory      |
                    PATCH | /api/profile             | {"display_name":"Carol"}
                    POST  | /api/streak/claim        | {}
                    POST  | /api/games/slot/spin     | {"bet":10}
                    POST  | /api/games/rps/play      | {"bet":10,"choice":"rock"}
                    POST  | /api/games/gacha/pull    | {"bet":10,"pulls":3}
                    POST  | /api/games/crash/bet     | {"bet":10,"cash_out_at":1.5}
                    POST  | /api/wallet/deposits     | {"user_id":42,"amount_cents":500}
                    POST  | /api/gifts               | {"target":{"type":"post","id":456},\
                    "gift_type":"test_heart_1usd","quantity":1}
                    POST  | /stories                 | {"text":"Hello"}
                    """)
    void whatIsDone(String method, String path, String body) {
        var answer = ask(method, path, body);

        assertThat(answer.status()).as(answer.body()).isBetween(200, 201);
        described.check(method, path, answer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    POST  | /api/auth/signup         | {"username":"al ice","password":"12345678"}
                    POST  | /api/auth/login          | {"username":"bob","password":"12345678"}
                    POST  | /api/gifts               | {"gift":1}
                    POST  | /api/gifts               | {"target":{"type":"post","id":456},\
                    "gift_type":"test_heart_1usd","quantity":1000}
                    POST  | /api/games/slot/spin     | {"bet":0}
                    POST  | /api/shop/buy            | {"item":"nothing"}
                    PATCH | /api/profile             | {}
                    POST  | /stories                 | {"text":""}
                    POST  | /internal/publish        | {}
                    POST  | /api/publish             | {"channel":7}
                    """)
    void whatIsRefused(String method, String path, String body) {
        var answer = ask(method, path, body);

        assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
        described.check(method, path, answer);
    }

    @Test
    void whatIsDoneWithAStory() {
        var created = ask("POST", "/stories", "{\"text\":\"Hello\"}").json();
        var path = "/stories/" + created.get("id").asText();

        described.check("POST", "/stories/{id}/view", ask("POST", path + "/view", null));
        described.check(
                "POST",
                "/stories/{id}/reactions",
                ask("POST", path + "/reactions", "{\"emoji\":\"❤️\"}"));
        described.check("GET", "/stories/{id}", ask("GET", path, null));
        described.check("GET", "/stories/{id}", ask("GET", "/stories/none", null));
    }

    @Test
    void whatIsToldInASession() {
        var sessions = "/api/v1/sessions";
        var none = ask("GET", "/api/v1/auth/ably-token", null);
        described.check("GET", "/api/v1/auth/ably-token", none);
        var created = ask("POST", sessions, "{\"members\":[\"42\",\"43\"]}");
        described.check("POST", sessions, created);
        var path = sessions + "/" + created.json().get("id").asText();
        var told = "\"event\":\"session.paused\",\"data\":{}}";
        checkSession("GET", path, "", null);
        checkSession("GET", sessions + "/none", "", null);
        checkSession("POST", path, "/members", "{\"userId\":\"44\"}");
        checkSession("POST", path, "/events", "{" + told);
        checkSession("POST", path, "/notify", "{\"partnerId\":\"43\"," + told);
        checkSession("POST", path, "/nudge", "{\"partnerId\":\"43\"}");
        described.check(
                "DELETE",
                sessions + "/{id}/members/{user_id}",
                ask("DELETE", path + "/members/42", null));
        var registration = "{\"pushToken\":\"ExpoPushToken[a]\",\"platform\":\"ios\"}";
        for (var method : new String[] {"POST", "DELETE"}) {
            var answer = ask(method, "/api/v1/auth/push-token", registration);
            described.check(method, "/api/v1/auth/push-token", answer);
        }
    }

    private static void checkSession(String method, String path, String action, String body) {
        var template = "/api/v1/sessions/{id}" + action;
        described.check(method, template, ask(method, path + action, body));
    }

    @Test
    void whoSignsUpLogsIn() {
        var credentials = "{\"username\":\"carol\",\"password\":\"12345678\"}";

        described.check("POST", "/api/auth/signup", ask("POST", "/api/auth/signup", credentials));
        described.check("POST", "/api/auth/login", ask("POST", "/api/auth/login", credentials));
    }

    @Test
    void whatIsBought() {
        var item = ask("GET", "/api/shop/items", null).json().at("/items/0/key").asText();

        var bought = ask("POST", "/api/shop/buy", "{\"item\":\"" + item + "\"}");

        described.check("POST", "/api/shop/buy", bought);
        described.check("GET", "/api/shop/inventory", ask("GET", "/api/shop/inventory", null));
    }

    @Test
    void whatIsPublished() {
        var one = "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}}";

        described.check("POST", "/internal/publish", server.publish(one));
        described.check("POST", "/internal/publish", server.publish("[" + one + ",{}]"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    publish        | {"channel":"trpc:global","data":{"type":"query-invalidation","queryKey":[]}}
                    publish        | {"channel":"nowhere","data":{}}
                    broadcast      | {"channels":["post:1"],"data":{"type":"gift.received"}}
                    history        | {"channel":"post:1","limit":10}
                    presence       | {"channel":"games:online"}
                    presence_stats | {"channel":"games:online"}
                    channels       | {}
                    info           | {}
                    disconnect     | {"user":"nobody"}
                    batch          | {"commands":[{"info":{}}]}
                    """)
    void whatTheServerApiAnswers(String method, String body) {
        var key = "X-API-Key: " + Development.API_KEY;
        var answer = server.post("/api/" + method, body, key);

        assertThat(answer.status()).isEqualTo(200);
        described.check("POST", "/api/" + method, answer);
        described.check("POST", "/api/" + method, server.post("/api/" + method, body));
    }

    private static HttpAnswer ask(String method, String path, String body) {
        var token = server.token("42", Map.of("role", "admin"));
        var bytes = body == null ? new byte[0] : body.getBytes(UTF_8);
        try (var wire = server.connect()) {
            wire.request(method, path, bytes, "Authorization: Bearer " + token);
            return wire.answer();
        }
    }
}
