package dev.fanfare.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.server.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API does to users' connections, seen by clients that speak the compatible protocol. */
@Timeout(60)
class UserApiTest {
    private static final String DONE = "{\"result\":{}}";
    private static final String BAD_REQUEST =
            "{\"error\":{\"code\":107,\"message\":\"bad request\"}}";

    private final ApiServer server = ApiServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void givesAChannelWithItsPositionAndData() throws Exception {
        var client = server.connect("42");
        server.call("publish", "{\"channel\":\"news:a\",\"data\":1}");

        var answer =
                server.call(
                        "subscribe", "{\"user\":\"42\",\"channel\":\"news:a\",\"data\":{\"n\":1}}");
        server.call("publish", "{\"channel\":\"news:a\",\"data\":2}");

        assertThat(answer).isEqualTo(DONE);
        assertThat(client.next())
                .matches(
                        "\\{\"push\":\\{\"channel\":\"news:a\",\"subscribe\":\\{\"recoverable\":true,"
                            + "\"epoch\":\"[a-z]{8}\",\"offset\":1,\"positioned\":true,"
                            + "\"data\":\\{\"n\":1}}}}");
        assertThat(Json.read(client.next()).at("/push/pub/data").asInt()).isEqualTo(2);
    }

    @Test
    void givesWhatWasPublishedAfterAPosition() throws Exception {
        var client = server.connect("42");
        server.call("publish", "{\"channel\":\"news:a\",\"data\":1}");
        var first = Json.read(server.call("history", "{\"channel\":\"news:a\"}")).at("/result");
        server.call("publish", "{\"channel\":\"news:a\",\"data\":2}");

        server.call(
                "subscribe",
                "{\"user\":\"42\",\"channel\":\"news:a\",\"recover_since\":" + first + "}");

        assertThat(Json.read(client.next()).at("/push/subscribe/offset").asInt()).isEqualTo(1);
        assertThat(Json.read(client.next()).at("/push/pub/offset").asInt()).isEqualTo(2);
    }

    @Test
    void takesTheOptionsOfTheSubscriptionAndShowsItsInfo() throws Exception {
        var client = server.connect("42");

        server.call(
                "subscribe",
                """
                {"user":"42","channel":"room:a","info":{"role":"host"},"override":
                {"presence":{"value":true},"join_leave":{"value":true},"of_tomorrow":{"value":1},
                "force_push_join_leave":{"value":true},"force_recovery":null}}\
                """);

        assertThat(client.next()).startsWith("{\"push\":{\"channel\":\"room:a\",\"subscribe\":{");
        assertThat(client.next())
                .contains(
                        "\"join\":{\"info\":{\"user\":\"42\"", "\"chan_info\":{\"role\":\"host\"}");
        assertThat(server.call("presence", "{\"channel\":\"room:a\"}"))
                .contains("\"chan_info\":{\"role\":\"host\"}");
    }

    @Test
    void takesAChannelAndPresenceWithItAtOnce() throws Exception {
        var client = server.connect("42");
        server.call("subscribe", "{\"user\":\"42\",\"channel\":\"room:a\"}");
        client.send("{\"id\":2,\"subscribe\":{\"channel\":\"room:b\"}}");
        assertThat(client.next()).contains("\"subscribe\"");
        assertThat(client.next()).startsWith("{\"id\":2,\"subscribe\":{");

        for (var channel : new String[] {"room:a", "room:b"}) {
            var answer =
                    server.call("unsubscribe", "{\"user\":\"42\",\"channel\":\"" + channel + "\"}");

            assertThat(answer).isEqualTo(DONE);
            assertThat(server.call("presence", "{\"channel\":\"" + channel + "\"}"))
                    .isEqualTo("{\"result\":{\"presence\":{}}}");
            assertThat(client.next())
                    .isEqualTo(
                            "{\"push\":{\"channel\":\""
                                    + channel
                                    + "\",\"unsubscribe\":{\"code\":2000,"
                                    + "\"reason\":\"server unsubscribe\"}}}");
        }
    }

    @Test
    void disconnectsAllOfAUserAndPresenceIsTrueAtOnce() throws Exception {
        var one = server.connect("42");
        var two = server.connect("42");
        server.call("subscribe", "{\"user\":\"42\",\"channel\":\"room:a\"}");

        assertThat(server.call("disconnect", "{\"user\":\"42\"}")).isEqualTo(DONE);
        assertThat(server.call("presence", "{\"channel\":\"room:a\"}"))
                .isEqualTo("{\"result\":{\"presence\":{}}}");
        assertThat(one.closed()).isEqualTo("3503 force disconnect");
        assertThat(two.closed()).isEqualTo("3503 force disconnect");
    }

    @Test
    void disconnectsWithTheReasonThatIsGivenWhoIsNotSpared() throws Exception {
        var one = server.connect("42");
        var two = server.connect("42");
        var three = server.connect("42");

        server.call(
                "disconnect",
                """
                {"user":"42","whitelist":["%s","%s"],"disconnect":{"code":4321,"reason":"bye"}}\
                """
                        .formatted(two.client(), three.client()));
        assertThat(one.closed()).isEqualTo("4321 bye");

        server.call("disconnect", "{\"user\":\"42\",\"client\":\"" + two.client() + "\"}");
        assertThat(two.closed()).isEqualTo("3503 force disconnect");

        three.send("{\"id\":2,\"presence\":{\"channel\":\"room:a\"}}");
        assertThat(three.next()).startsWith("{\"id\":2,");
    }

    @Test
    void meansNobodyByAnUnknownSession() throws Exception {
        var client = server.connect("42");

        assertThat(server.call("disconnect", "{\"user\":\"42\",\"session\":\"unknown\"}"))
                .isEqualTo(DONE);

        client.send("{\"id\":2,\"presence\":{\"channel\":\"room:a\"}}");
        assertThat(client.next()).startsWith("{\"id\":2,");
    }

    @Test
    void endsWhatABackendSaysHasExpired() throws Exception {
        var client = server.connect("42");

        assertThat(server.call("refresh", "{\"user\":\"42\",\"expired\":true}")).isEqualTo(DONE);

        assertThat(client.closed()).startsWith("3005 ");
    }

    @Test
    void refreshesSilentlyAndShowsTheNewInfo() throws Exception {
        var client = server.connect("42");
        server.call("subscribe", "{\"user\":\"42\",\"channel\":\"room:a\"}");
        client.next();

        assertThat(
                        server.call(
                                "refresh",
                                "{\"user\":\"42\",\"expire_at\":4102444800,\"info\":{\"n\":1}}"))
                .isEqualTo(DONE);

        assertThat(server.call("presence", "{\"channel\":\"room:a\"}"))
                .contains("\"conn_info\":{\"n\":1}");
        client.send("{\"id\":2,\"presence_stats\":{\"channel\":\"room:a\"}}");
        assertThat(client.next()).startsWith("{\"id\":2,");
    }

    @Test
    void actsInBatchesAndInTheOlderFormToo() throws Exception {
        var client = server.connect("42");

        assertThat(
                        server.call(
                                "batch",
                                """
                                {"commands":[{"subscribe":{"user":"42","channel":"live:a"}},
                                {"unsubscribe":{"user":"42"}},{"refresh":{"user":"7"}}]}\
                                """))
                .isEqualTo(
                        "{\"replies\":[{\"subscribe\":{}},"
                                + "{\"error\":{\"code\":107,\"message\":\"bad request\"}},"
                                + "{\"refresh\":{}}]}");
        assertThat(client.next()).contains("\"live:a\"");
        assertThat(
                        server.post(
                                        "/api",
                                        "{\"method\":\"disconnect\",\"params\":{\"user\":\"42\"}}",
                                        "X-API-Key",
                                        "dev-api-key")
                                .body())
                .isEqualTo(DONE);
        assertThat(client.closed()).isEqualTo("3503 force disconnect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"subscribe", "unsubscribe", "disconnect", "refresh"})
    void needsAUser(String method) {
        assertThat(server.call(method, "{\"channel\":\"news:a\"}")).isEqualTo(BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"subscribe", "unsubscribe"})
    void needsAChannelThatIsKnown(String method) {
        assertThat(server.call(method, "{\"user\":\"42\"}")).isEqualTo(BAD_REQUEST);
        assertThat(server.call(method, "{\"user\":\"42\",\"channel\":\"nowhere\"}"))
                .isEqualTo("{\"error\":{\"code\":102,\"message\":\"unknown channel\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "disconnect | {\"disconnect\":{\"code\":2999}} | disconnect.code: 2999 (expected:",
                "disconnect | {\"disconnect\":{\"code\":5000}} | disconnect.code: 5000 (expected:",
                "disconnect | {\"disconnect\":5} | disconnect: 5 (expected: an object",
                "disconnect | {\"whitelist\":\"a\"} | whitelist: ",
                "disconnect | {\"whitelist\":[1]} | whitelist: 1 (expected: a string)",
                "refresh | {\"expire_at\":-1} | expire_at: -1 (expected: a whole number, 0 or"
                        + " more)",
                "refresh | {\"expired\":\"yes\"} | expired: ",
                "subscribe | {\"override\":true} | override: true (expected: an object of options)",
                "subscribe | {\"override\":{\"presence\":true}} | override.presence: true",
                "subscribe | {\"recover_since\":7} | recover_since: 7 (expected: an object with",
                "subscribe | {\"b64info\":\"?\"} | b64info: ",
            })
    void saysWhatIsWrong(String method, String members, String why) {
        var body = "{\"user\":\"42\",\"channel\":\"news:a\"," + members.substring(1);

        assertThat(server.call(method, body))
                .startsWith("{\"error\":{\"code\":107,\"message\":\"bad request: ")
                .contains(why.replace("\"", "\\\""));
    }

    @Test
    void limitsReasonsToWhatACloseFrameHolds() throws Exception {
        var client = server.connect("42");
        var longest = "é".repeat(61) + "x";

        assertThat(
                        server.call(
                                "disconnect",
                                "{\"user\":\"42\",\"disconnect\":{\"reason\":\""
                                        + longest
                                        + "x\"}}"))
                .contains("disconnect.reason: 124 bytes (expected: at most 123 bytes)");
        server.call(
                "disconnect", "{\"user\":\"42\",\"disconnect\":{\"reason\":\"" + longest + "\"}}");
        assertThat(client.closed()).isEqualTo("3503 " + longest);
    }

    @Test
    void hasNothingToDoForUsersWhoAreNotThere() {
        for (var method : new String[] {"disconnect", "refresh", "subscribe", "unsubscribe"}) {
            assertThat(server.call(method, "{\"user\":\"nobody\",\"channel\":\"news:a\"}"))
                    .isEqualTo(DONE);
        }
    }
}
