package dev.fanfare.server;

import static dev.fanfare.server.SessionServer.list;
import static dev.fanfare.server.SessionServer.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.server.config.Development;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions, who is in them, and what is told on their channels: over HTTP in, over sockets out. */
@Timeout(60)
class SessionsTest {
    private static final String SESSIONS = "/api/v1/sessions";
    private static final String PAUSED = "{\"event\":\"session.paused\",\"data\":{\"n\":1}}";

    private static SessionServer sessions;

    private final String alice = somebody("alice");
    private final String bob = somebody("bob");

    @BeforeAll
    static void start() {
        sessions = new SessionServer("applications.enabled: true\n");
    }

    @AfterAll
    static void stop() {
        sessions.close();
    }

    @Test
    void aMemberMakesASessionAndMembersAndBackendsSeeIt() {
        var created = sessions.as(alice, "POST", SESSIONS, members(alice, bob));
        assertThat(created.status()).isEqualTo(201);
        var id = created.json().get("id").asText();
        assertThat(created.json()).hasSize(1);
        assertThat(created.header("location")).isEqualTo(SESSIONS + "/" + id);
        assertThat(id).doesNotContain(":", "*");
        var seen = sessions.as(bob, "GET", SESSIONS + "/" + id, "");
        assertThat(seen.json().get("members").toString()).isEqualTo(list(alice, bob));
        assertThat(sessions.asBackend("GET", SESSIONS + "/" + id, "")).isEqualTo(seen);
    }

    @Test
    void aBackendShowsItsKeyEitherWayAndMayChooseTheId() {
        var id = somebody("session");
        var body = "{\"id\":\"" + id + "\",\"members\":[\"x\"]}";
        var key = "Authorization: apikey " + Development.API_KEY;
        assertThat(sessions.ask("POST", SESSIONS, body, key).json().get("id").asText())
                .isEqualTo(id);
        assertThat(sessions.ask("POST", SESSIONS, body, key).problem())
                .isEqualTo("409 session_exists id " + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a*", "a b", "a/b", "a,b", "a?b", "a#b", "a%62", "ä", ".", ".."})
    void anIdHasNothingThatPathsAndChannelsMeanSomethingBy(String id) {
        var body = "{\"id\":\"" + id + "\",\"members\":[\"x\"]}";
        var answer = sessions.asBackend("POST", SESSIONS, body);
        assertThat(answer.problem()).isEqualTo("400 bad_request id " + id);
        assertThat(answer.json().get("expected").asText()).startsWith("letters of ASCII, digits");
    }

    @Test
    void aSessionIsWhereItsLocationSays() {
        var body = "{\"id\":\"A.b_c~9-\",\"members\":[\"x\"]}";
        var location = sessions.asBackend("POST", SESSIONS, body).header("location");
        assertThat(sessions.asBackend("GET", location, "").json().get("id").asText())
                .isEqualTo("A.b_c~9-");
        try (var socket = sessions.listen("x", "beheard:session:A.b_c~9-", "A.b_c~9-")) {
            publish("A.b_c~9-", "session.paused", null);
            assertThat(socket.json().get("type").asText()).isEqualTo("session.paused");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                               | members nothing",
                "{\"members\":[]}                 | members 0 texts",
                "{\"members\":\"alice\"}          | members \"alice\"",
                "{\"members\":[\"a\",\"a\"]}      | members \"a\"",
                "{\"members\":[\"a\",\" \"]}      | members \" \"",
                "{\"members\":[7]}                | members 7",
                "{\"members\":[\"a\"],\"more\":1} | more an unknown member"
            })
    void refusesMembersThatAreNone(String body, String wrong) {
        assertThat(sessions.asBackend("POST", SESSIONS, body).problem())
                .isEqualTo("400 bad_request " + wrong);
    }

    @Test
    void aSessionHasAtMostFiftyMembers() {
        var many = new String[51];
        for (int i = 0; i < many.length; i++) {
            many[i] = "user-" + i;
        }
        assertThat(sessions.asBackend("POST", SESSIONS, members(many)).problem())
                .isEqualTo("400 bad_request members 51 texts");
        var id = sessions.session(Arrays.copyOf(many, 50));
        assertThat(addMember(id, "user-7").status()).isEqualTo(200);
        assertThat(addMember(id, "user-50").problem()).isEqualTo("409 session_full members more");
    }

    @Test
    void othersAreTurnedAway() {
        var id = sessions.session(alice, bob);
        var carol = somebody("carol");
        var path = SESSIONS + "/" + id;
        assertThat(sessions.as(carol, "POST", SESSIONS, members(alice, bob)).problem())
                .isEqualTo("403 forbidden members others alone");
        assertThat(
                        sessions.as(
                                        carol,
                                        "POST",
                                        SESSIONS,
                                        "{\"id\":\"x\",\"members\":" + list(carol) + "}")
                                .problem())
                .isEqualTo("403 forbidden id x");
        var notice = "{\"partnerId\":\"" + bob + "\",\"event\":\"session.paused\"}";
        var calls =
                Map.of(
                        "/events",
                        PAUSED,
                        "/notify",
                        notice,
                        "/nudge",
                        "{\"partnerId\":\"" + bob + "\"}",
                        "/members",
                        "{\"userId\":\"" + carol + "\"}");
        for (var call : calls.entrySet()) {
            var target = path + call.getKey();
            assertThat(sessions.as(carol, "POST", target, call.getValue()).problem())
                    .isEqualTo("403 forbidden token no member's");
            assertThat(sessions.ask("POST", target, call.getValue()).status()).isEqualTo(401);
            assertThat(sessions.ask("POST", target, call.getValue(), "X-API-Key: wrong").problem())
                    .isEqualTo("401 unauthorized API key another key");
            assertThat(
                            sessions.asBackend("POST", target.replace(id, "nope"), call.getValue())
                                    .problem())
                    .isEqualTo("404 not_found id nope");
        }
        assertThat(sessions.as(carol, "GET", path, "").status()).isEqualTo(403);
    }

    @Test
    void aMemberBringsOthersInAndGoesAloneAndABackendSendsAway() {
        var id = sessions.session(alice, bob);
        var carol = somebody("carol");
        assertThat(addMember(id, carol, alice).json().get("members").toString())
                .isEqualTo(list(alice, bob, carol));
        assertThat(removeMember(id, bob, alice).problem())
                .isEqualTo("403 forbidden user_id " + bob);
        assertThat(removeMember(id, alice, alice).status()).isEqualTo(204);
        assertThat(sessions.as(alice, "GET", SESSIONS + "/" + id, "").status()).isEqualTo(403);
        var path = SESSIONS + "/" + id + "/members/" + bob;
        assertThat(sessions.asBackend("DELETE", path, "").status()).isEqualTo(204);
        assertThat(sessions.as(carol, "GET", SESSIONS + "/" + id, "").json().get("members"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "partner.signed_compact",
                "partner.stage_completed",
                "partner.advanced",
                "partner.empathy_shared",
                "partner.needs_shared",
                "partner.ranking_submitted",
                "agreement.proposed",
                "agreement.confirmed",
                "session.paused",
                "session.resumed",
                "session.resolved"
            })
    void everybodyOnTheChannelHearsAnEventBesideItsData(String event) {
        var id = sessions.session(alice, bob);
        try (var socket = sessions.listen(bob, "beheard:session:" + id, id)) {
            var body = "{\"event\":\"" + event + "\",\"data\":{\"type\":\"own\",\"n\":1.5}}";
            var answer = sessions.as(alice, "POST", SESSIONS + "/" + id + "/events", body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(202);
            assertThat(socket.text())
                    .isEqualTo(
                            "{\"type\":\"" + event + "\",\"data\":{\"type\":\"own\",\"n\":1.5}}");
        }
    }

    @Test
    void otherEventsAreRefusedWithTheNamesOfThese() {
        var id = sessions.session(alice, bob);
        for (var action : new String[] {"events", "notify"}) {
            var body = "{\"partnerId\":\"" + bob + "\",\"event\":\"partner.left\"}";
            var answer =
                    sessions.as(
                            alice,
                            "POST",
                            SESSIONS + "/" + id + "/" + action,
                            action.equals("notify") ? body : "{\"event\":\"partner.left\"}");
            assertThat(answer.problem()).isEqualTo("400 bad_request event \"partner.left\"");
            assertThat(answer.json().get("expected").asText())
                    .contains("partner.signed_compact", "session.resolved");
        }
        var data = "{\"event\":\"session.paused\",\"data\":[1]}";
        assertThat(sessions.as(alice, "POST", SESSIONS + "/" + id + "/events", data).problem())
                .isEqualTo("400 bad_request data [1]");
    }

    @Test
    void whoIsExcludedHearsNothingOnAnyProtocolNorLater() {
        var id = sessions.session(alice, bob);
        var channel = "beheard:session:" + id;
        try (var alicePlain = sessions.listen(alice, channel, id);
                var bobPlain = sessions.listen(bob, channel, id);
                var aliceCentrifuge = centrifuge(alice, id, channel);
                var bobCentrifuge = centrifuge(bob, id, channel)) {
            publish(id, "session.paused", alice);
            publish(id, "session.resumed", null);
            assertThat(bobPlain.json().get("type").asText()).isEqualTo("session.paused");
            assertThat(alicePlain.json().get("type").asText()).isEqualTo("session.resumed");
            assertThat(heard(bobCentrifuge)).isEqualTo("session.paused");
            assertThat(heard(bobCentrifuge)).isEqualTo("session.resumed");
            assertThat(heard(aliceCentrifuge)).isEqualTo("session.resumed");

            assertThat(history(bobCentrifuge, channel)).hasSize(2);
            assertThat(history(aliceCentrifuge, channel)).hasSize(1);
        }
        try (var back = connected(alice, id)) {
            var recovered =
                    back.ask(
                            "{\"id\":2,\"subscribe\":{\"channel\":\""
                                    + channel
                                    + "\",\"recover\":true,\"offset\":0,\"epoch\":\"\"}}");
            var missed = recovered.get("subscribe").path("publications");
            assertThat(missed).hasSize(1);
            assertThat(missed.get(0).path("data").path("type").asText())
                    .isEqualTo("session.resumed");
        }
    }

    @Test
    void aRepeatWithTheSameKeyTellsNothing() {
        var id = sessions.session(alice, bob);
        var headers =
                new String[] {
                    "Authorization: Bearer " + sessions.server.token(alice), "Idempotency-Key: k1"
                };
        try (var socket = sessions.listen(bob, "beheard:session:" + id, id)) {
            for (int i = 0; i < 2; i++) {
                var path = SESSIONS + "/" + id + "/events";
                assertThat(sessions.ask("POST", path, PAUSED, headers).status()).isEqualTo(202);
            }
            publish(id, "session.resolved", null);
            assertThat(socket.json().get("type").asText()).isEqualTo("session.paused");
            assertThat(socket.json().get("type").asText()).isEqualTo("session.resolved");
        }
        var key = new String[] {"X-API-Key: " + Development.API_KEY, "Idempotency-Key: " + bob};
        var first = sessions.ask("POST", SESSIONS, members(bob), key);
        assertThat(sessions.ask("POST", SESSIONS, members(bob), key).json())
                .isEqualTo(first.json());
    }

    private static void publish(String id, String event, String excluded) {
        var body =
                "{\"event\":\""
                        + event
                        + "\""
                        + (excluded == null ? "" : ",\"excludeUserId\":\"" + excluded + "\"")
                        + "}";
        var answer = sessions.asBackend("POST", SESSIONS + "/" + id + "/events", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    private static TestSocket connected(String user, String id) {
        var socket = sessions.server.socket("/connection/websocket");
        var token = sessions.server.token(user, Map.of("sessions", List.of(id)));
        socket.ask("{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}");
        return socket;
    }

    private static TestSocket centrifuge(String user, String id, String channel) {
        var socket = connected(user, id);
        var answer = socket.ask("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}");
        assertThat(answer.has("subscribe")).as(answer.toString()).isTrue();
        return socket;
    }

    private static String heard(TestSocket socket) {
        return socket.json().at("/push/pub/data/type").asText();
    }

    private static JsonNode history(TestSocket socket, String channel) {
        return socket.ask("{\"id\":9,\"history\":{\"channel\":\"" + channel + "\",\"limit\":10}}")
                .at("/history/publications");
    }

    private static HttpAnswer addMember(String id, String user) {
        var body = "{\"userId\":\"" + user + "\"}";
        return sessions.asBackend("POST", SESSIONS + "/" + id + "/members", body);
    }

    private static HttpAnswer addMember(String id, String user, String by) {
        var body = "{\"userId\":\"" + user + "\"}";
        return sessions.as(by, "POST", SESSIONS + "/" + id + "/members", body);
    }

    private static HttpAnswer removeMember(String id, String user, String by) {
        return sessions.as(by, "DELETE", SESSIONS + "/" + id + "/members/" + user, "");
    }

    private static String members(String... members) {
        return "{\"members\":" + list(members) + "}";
    }
}
