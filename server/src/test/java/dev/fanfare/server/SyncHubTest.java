package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One stream per user, as it comes out of the box. */
@Timeout(30)
class SyncHubTest {
    private static final String SYNC = "/api/realtime/sync";
    private static final String LEGACY = "/api/games/ws";

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
    void theHubSaysFirstWhoTheClientIs() {
        try (var socket = server.socket(SYNC + "?token=" + server.token("42"))) {
            var first = socket.json();
            assertThat(names(first))
                    .containsExactly(
                            "type",
                            "user_id",
                            "connection_id",
                            "ts",
                            "deprecated",
                            "schema_version");
            assertThat(first.get("type").asText()).isEqualTo("sync_connected");
            assertThat(first.get("user_id").isInt()).isTrue();
            assertThat(first.get("user_id").asInt()).isEqualTo(42);
            assertThat(first.get("connection_id").asText()).hasSize(36);
            assertThat(Instant.parse(first.get("ts").asText())).isBefore(Instant.MAX);
            assertThat(first.get("deprecated").asBoolean()).isFalse();
            assertThat(first.get("schema_version").asInt()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "007", "-0", "9999999999999999999", "a:b"})
    void aUserWhoseIdIsNoIntegerIsNamedByAText(String user) {
        try (var socket = open(SYNC, user)) {
            assertThat(socket.json().get("user_id").isTextual()).isTrue();
        }
    }

    @Test
    void theOldEndpointAcknowledgesAndSaysWhereToGo() {
        try (var socket = open(LEGACY, "42")) {
            var first = socket.json();
            assertThat(first.get("type").asText()).isEqualTo("ws_ack");
            assertThat(first.get("deprecated").asBoolean()).isTrue();
            assertThat(first.get("since").asText()).isEqualTo("2026-11-21T00:00:00.000Z");
            assertThat(first.get("sunset").asText()).isEqualTo("2027-12-31T00:00:00.000Z");
            assertThat(first.get("successor").asText()).isEqualTo(SYNC);
            assertThat(first.get("notice").asText())
                    .isEqualTo(
                            "This endpoint is deprecated and ends on 2027-12-31. Use"
                                    + " /api/realtime/sync instead.");
            assertThat(first.get("schema_version").asInt()).isEqualTo(1);
        }
    }

    @Test
    void theOldEndpointSaysInItsHeadersThatItIsDeprecated() {
        try (var socket = open(LEGACY, "42")) {
            assertDeprecated(
                    socket.header("deprecation"), socket.header("sunset"), socket.header("link"));
        }
        var refusal = server.refusal(LEGACY + "?token=nonsense");
        assertThat(refusal.status()).isEqualTo(401);
        assertDeprecated(
                refusal.header("deprecation"), refusal.header("sunset"), refusal.header("link"));
        try (var socket = open(SYNC, "42")) {
            assertThat(socket.header("deprecation")).isEmpty();
        }
    }

    private static void assertDeprecated(String since, String sunset, String link) {
        assertThat(since).isEqualTo("@1795219200");
        assertThat(sunset).isEqualTo("Fri, 31 Dec 2027 00:00:00 GMT");
        assertThat(link).isEqualTo("</api/realtime/sync>; rel=\"successor-version\"");
    }

    @ParameterizedTest
    @CsvSource({
        SYNC + ", hub, user_action",
        SYNC + ", hub, purchase_update",
        SYNC + ", hub, profile_update",
        SYNC + ", hub, streak_update",
        SYNC + ", hub, reward_granted",
        SYNC + ", hub, stats_update",
        LEGACY + ", games, game_event",
    })
    void usersNeverSeeEachOthersEvents(String path, String stream, String event) {
        try (var one = greeted(path, "1");
                var two = greeted(path, "2")) {
            publish(stream + ":1", "{\"type\":\"" + event + "\",\"of\":1}");
            publish(stream + ":2", "{\"type\":\"" + event + "\",\"of\":2}");
            publish(stream + ":1", "{\"type\":\"" + event + "\",\"of\":11}");
            publish(stream + ":2", "{\"type\":\"" + event + "\",\"of\":22}");
            assertThat(List.of(one.json().get("of").asInt(), one.json().get("of").asInt()))
                    .containsExactly(1, 11);
            assertThat(List.of(two.json().get("of").asInt(), two.json().get("of").asInt()))
                    .containsExactly(2, 22);
        }
    }

    @Test
    void nobodyGetsTheStreamOfSomebodyElse() {
        var token = server.token("1");
        assertThat(server.refusal(SYNC + "?channels=hub:2&token=" + token).status()).isEqualTo(403);
        assertThat(server.refusal(LEGACY + "?channels=games:2&token=" + token).status())
                .isEqualTo(403);
        assertThat(server.refusal(LEGACY + "?channels=games:events&token=" + token).status())
                .isEqualTo(403);
    }

    @Test
    void nobodyWithoutAUserIsLetIn() {
        assertThat(server.refusal(SYNC + "?token=" + server.token("")).problem())
                .startsWith("403 forbidden token");
    }

    @Test
    void everyMessageTellsItsSchemaVersion() {
        try (var socket = greeted(SYNC, "3")) {
            assertThat(socket.ask("{\"type\":\"ping\",\"id\":1}").toString())
                    .isEqualTo("{\"type\":\"pong\",\"id\":1,\"schema_version\":1}");
            var error = socket.ask("{\"type\":\"nonsense\"}");
            assertThat(error.get("type").asText()).isEqualTo("error");
            assertThat(error.get("schema_version").asInt()).isEqualTo(1);
            publish("hub:3", "{ \"type\":\"stats_update\" }");
            assertThat(socket.text())
                    .isEqualTo("{ \"type\":\"stats_update\" ,\"schema_version\":1}");
        }
    }

    @Test
    void aPayloadThatTellsAVersionArrivesByteForByte() {
        try (var socket = greeted(SYNC, "4")) {
            var payload = "{ \"schema_version\" : 2,\"type\":\"stats_update\" }";
            publish("hub:4", payload);
            assertThat(socket.text()).isEqualTo(payload);
        }
    }

    @Test
    void envelopesTellTheVersionAndLeaveThePayloadAsItIs() {
        try (var socket = greeted(SYNC + "?envelope=true", "5")) {
            publish("hub:5", "{\"type\":\"stats_update\"}");
            var envelope = socket.json();
            assertThat(envelope.get("schema_version").asInt()).isEqualTo(1);
            assertThat(envelope.get("payload").toString()).isEqualTo("{\"type\":\"stats_update\"}");
        }
    }

    @Test
    void otherEndpointsTellNoVersion() {
        try (var socket = server.subscriber("post:1")) {
            assertThat(socket.ask("{\"type\":\"ping\"}").toString())
                    .isEqualTo("{\"type\":\"pong\"}");
        }
    }

    @Test
    void takesTheTokenInTheHeaderAndPrefersIt() {
        var good = "Authorization: Bearer " + server.token("6");
        try (var socket = server.socket(SYNC + "?token=nonsense", good)) {
            assertThat(socket.json().get("user_id").asInt()).isEqualTo(6);
        }
        var bad = "Authorization: Bearer nonsense";
        assertThat(server.refusal(SYNC + "?token=" + server.token("6"), bad).status())
                .isEqualTo(401);
    }

    @Test
    void takesNoTokenInTheQueryWhereThatIsForbidden() {
        try (var strict = RunningServer.start("token.in-query: false\n")) {
            var token = strict.token("6");
            for (var path : List.of(SYNC, LEGACY, "/ws", "/sse")) {
                var refusal = strict.refusal(path + "?token=" + token);
                assertThat(refusal.problem())
                        .isEqualTo("401 unauthorized token a token in the query");
                assertThat(refusal.json().get("expected").asText()).contains("Authorization");
            }
            assertThat(strict.get("/api/v1/realtime/token?token=" + token).status()).isEqualTo(401);
            assertThat(strict.refusal(SYNC).problem()).isEqualTo("401 unauthorized token nothing");
            var header = "Authorization: Bearer " + token;
            try (var socket = strict.socket(SYNC + "?token=nonsense", header)) {
                assertThat(socket.json().get("user_id").asInt()).isEqualTo(6);
            }
        }
    }

    @Test
    void whoSpendsItsBudgetIsToldAndThenCutOff() {
        var yaml =
                """
                endpoints:
                  - path: /api/realtime/sync
                    transport: websocket
                    channels: ["hub:{user}"]
                    greeting: sync-connected
                    schema-version: 1
                    messages-per-second: 1
                    message-burst: 3
                """;
        try (var small = RunningServer.start(yaml);
                var socket = small.socket(SYNC + "?token=" + small.token("7"))) {
            socket.json();
            for (int n = 1; n <= 4; n++) {
                socket.send("{\"type\":\"ping\",\"id\":" + n + "}");
            }
            for (int n = 1; n <= 3; n++) {
                assertThat(socket.json().get("type").asText()).isEqualTo("pong");
            }
            var error = socket.json();
            assertThat(error.get("type").asText()).isEqualTo("error");
            assertThat(error.get("id").asInt()).isEqualTo(4);
            assertThat(error.get("code").asText()).isEqualTo("too_many_requests");
            assertThat(error.get("expected").asText()).startsWith("at most 1.0 messages");
            assertThat(error.get("schema_version").asInt()).isEqualTo(1);
            assertThat(socket.ending()).isEqualTo(new TestSocket.Ending(3013, "too many requests"));
        }
    }

    @Test
    void theBudgetOfTheHubIsTheOneOfAllUnlessItHasItsOwn() {
        try (var small =
                        RunningServer.start(
                                "limits: { messages-per-second: 1, message-burst: 1 }\n");
                var socket = small.socket(SYNC + "?token=" + small.token("7"))) {
            socket.json();
            socket.send("{\"type\":\"ping\"}");
            socket.send("{\"type\":\"ping\"}");
            assertThat(socket.ending().code()).isEqualTo(3013);
        }
    }

    private static TestSocket open(String path, String user, Map<String, ?> claims) {
        var separator = path.contains("?") ? "&" : "?";
        return server.socket(path + separator + "token=" + server.token(user, claims));
    }

    private static TestSocket open(String path, String user) {
        return open(path, user, Map.of());
    }

    /** One that has read its greeting. */
    private static TestSocket greeted(String path, String user) {
        var socket = open(path, user);
        socket.json();
        return socket;
    }

    private static void publish(String channel, String payload) {
        var answer =
                server.publish("{\"channel\":\"" + channel + "\",\"payload\":" + payload + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }
}
