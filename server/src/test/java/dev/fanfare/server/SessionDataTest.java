package dev.fanfare.server;

import static dev.fanfare.server.SessionServer.somebody;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.apps.web.JsonBody;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is accepted for partners reaches them, and what would not is refused. */
@Timeout(60)
class SessionDataTest {
    private static final int LARGEST = 64 * 1024;

    private static SessionServer sessions;

    private final String alice = somebody("alice");
    private final String bob = somebody("bob");
    private final String id = sessions.session(alice, bob);
    private final String channel = "beheard:session:" + id;

    @BeforeAll
    static void start() {
        sessions =
                new SessionServer(
                        """
                        applications.enabled: true
                        applications.body-limit: 128KiB
                        publish.payload-limit: 64KiB
                        """);
    }

    @AfterAll
    static void stop() {
        sessions.close();
    }

    @Test
    void theDeepestDataThatAreTakenReachThePartnerAndDeeperOnesAreRefused() {
        var deepest = nested(JsonBody.DEPTH - 1); // the body is an object itself
        try (var socket = present()) {
            assertThat(tell("notify", deepest).body()).contains("realtime");
            assertThat(socket.json().get("data").toString()).isEqualTo(deepest);
            assertThat(tell("events", deepest).status()).isEqualTo(202);
            assertThat(socket.json().get("data").toString()).isEqualTo(deepest);
        }
        for (var action : new String[] {"notify", "events", "nudge"}) {
            assertThat(tell(action, nested(JsonBody.DEPTH)).problem())
                    .isEqualTo(
                            "400 bad_request body Document nesting depth (101) exceeds the maximum"
                                    + " allowed (100)");
        }
    }

    @Test
    void theLargestDataThatAreTakenReachThePartnerAndLargerOnesAreRefused() {
        var largest = "{\"t\":\"" + "é".repeat((LARGEST - 8) / 2) + "\"}";
        try (var socket = present()) {
            assertThat(tell("notify", largest).body()).contains("realtime");
            assertThat(socket.json().get("data").toString()).isEqualTo(largest);
        }
        for (var action : new String[] {"notify", "events", "nudge"}) {
            assertThat(tell(action, largest.replace("\"t\"", "\"tt\"")).problem())
                    .isEqualTo("413 payload_too_large data " + (LARGEST + 1) + " bytes");
        }
    }

    @Test
    void whatCountsIsHowDataAreWrittenForThePartner() {
        var growing = "{\"n\":[" + "1e5,".repeat(16_000) + "0]}";
        assertThat(growing).hasSizeLessThan(LARGEST);
        assertThat(tell("notify", growing).problem()).startsWith("413 payload_too_large data ");
        var shrinking = "{\"n\":[" + "1, ".repeat(30_000) + "0]}";
        assertThat(shrinking).hasSizeGreaterThan(LARGEST);
        try (var socket = present()) {
            assertThat(tell("notify", shrinking).body()).contains("realtime");
            assertThat(socket.json().get("data").toString()).isEqualTo(shrinking.replace(" ", ""));
        }
    }

    @Test
    void numbersKeepTheirDigits() {
        var data = "{\"price\":100.0,\"rate\":1.50,\"long\":12345678901234567890.1}";
        try (var socket = present()) {
            assertThat(tell("events", data).status()).isEqualTo(202);
            assertThat(socket.text()).endsWith("\"data\":" + data + "}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"t\":\"\\ud800\"}",
                "{\"t\":{\"\\udc00\":1}}",
                "{\"t\":[[\"\\u0000\"]]}",
                "{\"\\ud83d\":1}"
            })
    void dataHaveNoHalvesOfCharacters(String data) {
        for (var action : new String[] {"notify", "events", "nudge"}) {
            assertThat(tell(action, data).problem()).startsWith("400 bad_request ");
        }
    }

    @Test
    void nothingInAPathThatIsNoTextIsFound() {
        var path = "/api/v1/sessions/";
        var paused = "{\"event\":\"session.paused\"}";
        assertThat(sessions.as(alice, "GET", path + "%00", "").problem())
                .isEqualTo("404 not_found id no text");
        assertThat(sessions.as(alice, "POST", path + "a%00b/events", paused).problem())
                .isEqualTo("404 not_found id no text");
        assertThat(sessions.as(alice, "DELETE", path + id + "/members/%00", "").problem())
                .isEqualTo("404 not_found user_id no text");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/sessions, POST",
        "GET, /api/v1/sessions/, POST",
        "PUT, /api/v1/sessions/x, GET",
        "PUT, /api/v1/sessions/x/, GET"
    })
    void otherMethodsAreToldThoseThereAre(String method, String path, String allowed) {
        var answer = sessions.as(alice, method, path, "");
        assertThat(answer.problem()).isEqualTo("405 method_not_allowed method " + method);
        assertThat(answer.header("allow")).isEqualTo(allowed);
        assertThat(answer.json().get("expected").asText()).isEqualTo(allowed);
    }

    /** Bob listens, and is there. */
    private TestSocket present() {
        return sessions.listen(bob, channel + "," + channel + ":presence", id);
    }

    private HttpAnswer tell(String action, String data) {
        var body =
                (action.equals("events") ? "{" : "{\"partnerId\":\"" + bob + "\",")
                        + (action.equals("nudge") ? "" : "\"event\":\"session.paused\",")
                        + "\"data\":"
                        + data
                        + "}";
        return sessions.as(alice, "POST", "/api/v1/sessions/" + id + "/" + action, body);
    }

    /** An object in so many objects and arrays, itself counted. */
    private static String nested(int depth) {
        return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }
}
