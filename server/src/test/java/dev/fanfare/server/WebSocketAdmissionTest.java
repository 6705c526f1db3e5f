package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets a WebSocket, and what those are told who do not. */
class WebSocketAdmissionTest {
    private static final String GIFT = "{\"type\":\"gift.received\"}";

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server =
                RunningServer.start(
                        "origins: ['https://app.example.com', 'https://*.example.org']\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void takesTheTokenInTheHeader() {
        try (var socket =
                server.socket(
                        "/ws?channels=post:1", "Authorization: Bearer " + server.token("42"))) {
            server.publish("{\"channel\":\"post:1\",\"payload\":" + GIFT + "}");
            assertThat(socket.text()).isEqualTo(GIFT);
        }
    }

    @Test
    void prefersTheTokenInTheHeader() {
        var good = server.token("42");
        assertThat(
                        server.refusal(
                                        "/ws?channels=post:1&token=" + good,
                                        "Authorization: Bearer nonsense")
                                .status())
                .isEqualTo(401);
        server.socket("/ws?channels=post:1&token=nonsense", "Authorization: bearer " + good)
                .close();
    }

    @Test
    void refusesWithoutAToken() {
        var answer = server.refusal("/ws?channels=post:1");
        assertThat(answer.problem()).isEqualTo("401 unauthorized token nothing");
        assertThat(answer.header("www-authenticate")).startsWith("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "a.b.c", "eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MiJ9."})
    void refusesABadToken(String token) {
        assertThat(server.refusal("/ws?channels=post:1&token=" + token).problem())
                .startsWith("401 unauthorized token");
    }

    @Test
    void refusesATokenOfAnotherSecret() {
        var token = server.token("42");
        var forged = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA".repeat(10) + "AAA";
        assertThat(server.refusal("/ws?channels=post:1&token=" + forged).problem())
                .startsWith("401 unauthorized token");
    }

    @Test
    void refusesAnExpiredToken() {
        var expired = server.token("42", Duration.ZERO);
        assertThat(server.refusal("/ws?channels=post:1&token=" + expired).problem())
                .isEqualTo("401 unauthorized token an expired token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "post:0",
                "post:-1",
                "post:01",
                "post:abc",
                "post:",
                "post:99999999999999999999999",
                "post",
                "post:1:2",
                "Post:1",
                "post:1%20",
                "nowhere",
                "",
                "post:*"
            })
    void refusesUnknownChannels(String channel) {
        var answer = server.refusal("/ws?token=" + server.token("42") + "&channels=" + channel);
        assertThat(answer.problem()).startsWith("403 channels_refused channels");
        assertThat(answer.json().get("errors")).hasSize(1);
        assertThat(answer.json().get("errors").get(0).get("code").asText())
                .isEqualTo("unknown_channel");
    }

    @Test
    void namesEveryRefusedChannelAndWhy() {
        var channels = "post:1,post:01,stories:7,games:events,trpc:org:5";
        var answer = server.refusal("/ws?token=" + server.token("42") + "&channels=" + channels);
        assertThat(answer.problem())
                .isEqualTo(
                        "403 channels_refused channels"
                                + " post:01,stories:7,games:events,trpc:org:5");
        assertThat(answer.json().get("errors"))
                .extracting(WebSocketAdmissionTest::channelAndCode)
                .containsExactly(
                        tuple("post:01", "unknown_channel"),
                        tuple("stories:7", "permission_denied"),
                        tuple("games:events", "permission_denied"),
                        tuple("trpc:org:5", "permission_denied"));
        assertThat(answer.json().get("errors"))
                .allSatisfy(error -> assertThat(error.get("expected").asText()).isNotEmpty());
    }

    @Test
    void admitsByUserAndByClaim() {
        var token = server.token("42", Map.of("role", "admin", "orgs", List.of(5, "6")));
        server.socket("/ws?token=" + token + "&channels=stories:42,games:events,trpc:org:5")
                .close();
        server.socket("/ws?token=" + token + "&channels=trpc:org:6&channels=post:1,post:2").close();
    }

    @Test
    void aClientThatNamesNoChannelsGetsItsUsersOwn() {
        try (var socket = server.socket("/ws?token=" + server.token("42"))) {
            server.publish(
                    "{\"channel\":\"stories:41\",\"payload\":{\"type\":\"story.viewed\",\"n\":1}}");
            server.publish(
                    "{\"channel\":\"stories:42\",\"payload\":{\"type\":\"story.viewed\",\"n\":2}}");
            assertThat(socket.json().get("n").asInt()).isEqualTo(2);
        }
    }

    @Test
    void aClientThatNamesChannelsGetsJustThose() {
        try (var socket = server.subscriber("post:31")) {
            server.publish("{\"channel\":\"stories:42\",\"payload\":{\"type\":\"story.viewed\"}}");
            server.publish("{\"channel\":\"post:31\",\"payload\":" + GIFT + "}");
            assertThat(socket.text()).isEqualTo(GIFT);
        }
    }

    @Test
    void aChannelNamedTwiceIsOne() {
        try (var socket = server.subscriber("post:32,post:32,post:33")) {
            server.publish("{\"channel\":\"post:32\",\"payload\":" + GIFT + "}");
            server.publish(
                    "{\"channel\":\"post:33\",\"payload\":{\"type\":\"gift.received\",\"n\":2}}");
            assertThat(socket.text()).isEqualTo(GIFT);
            assertThat(socket.json().get("n").asInt()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://app.example.com",
                "HTTPS://APP.EXAMPLE.COM",
                "https://app.example.com:443",
                "https://a.example.org",
                "http://shop.example.net"
            })
    void allowsPagesOfListedOriginsAndOfItsOwnHost(String origin) {
        server.socket(
                        "/ws?channels=post:1&token=" + server.token("42"),
                        "Host: shop.example.net",
                        "Origin: " + origin)
                .close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example",
                "http://app.example.com",
                "https://app.example.com.evil.example",
                "https://app.example.com:8443",
                "https://example.org",
                "http://localhost:3000",
                "null",
                "file://"
            })
    void refusesPagesOfOtherOrigins(String origin) {
        var answer =
                server.refusal(
                        "/ws?channels=post:1&token=" + server.token("42"), "Origin: " + origin);
        assertThat(answer.problem()).isEqualTo("403 forbidden Origin " + origin);
    }

    @Test
    void pagesOfThisMachineMayConnectInDevelopmentMode() {
        try (var development = RunningServer.start()) {
            for (var origin : List.of("http://localhost:3000", "http://127.0.0.1:5173")) {
                development
                        .socket(
                                "/ws?channels=post:1&token=" + development.token("42"),
                                "Origin: " + origin)
                        .close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==,       426, Upgrade",
        "Upgrade: websocket,                                 400, Connection",
    })
    void saysWhatIsMissingForAWebSocket(String header, int status, String field) {
        var answer = server.get("/ws?channels=post:1&token=" + server.token("42"), header);
        assertThat(answer.problem()).startsWith(status + " bad_upgrade " + field);
    }

    @Test
    void otherMethodsAreRefused() {
        var answer = server.request("POST", "/ws", "Content-Length: 0");
        assertThat(answer.problem()).isEqualTo("405 method_not_allowed method POST");
        assertThat(answer.header("allow")).isEqualTo("GET");
    }

    @Test
    void aRefusedClientMayTryAgainOnTheSameConnection() {
        try (var wire = server.connect()) {
            TestSocket.ask(wire, "/ws?channels=post:0&token=" + server.token("42"));
            assertThat(wire.answer().status()).isEqualTo(403);
            try (var socket =
                    TestSocket.open(wire, "/ws?channels=post:34&token=" + server.token("42"))) {
                assertThat(socket.ask("{\"type\":\"ping\"}").get("type").asText())
                        .isEqualTo("pong");
            }
        }
    }

    private static Object channelAndCode(JsonNode error) {
        return tuple(error.get("channel").asText(), error.get("code").asText());
    }
}
