package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a publish request is refused: in clear words, and nothing is delivered. */
class PublishRefusalTest {
    private static final String GIFT =
            "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}}";
    private static final String TOKEN = "Authorization: Bearer dev-publish-token";
    private static final String JSON = "Content-Type: application/json";

    private static RunningServer server;

    private TestSocket subscriber;

    @BeforeAll
    static void start() {
        server =
                RunningServer.start(
                        """
                        publish: { body-limit: 128KiB, payload-limit: 1KiB }
                        """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void subscribe() {
        subscriber = server.subscriber("post:1,trpc:global");
    }

    /** What follows is the first that arrives. */
    @AfterEach
    void nothingWasDelivered() {
        try (var socket = subscriber) {
            var marker =
                    server.publish(
                            "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\",\"marker\":1}}");
            assertThat(marker.status()).isEqualTo(200);
            assertThat(socket.text()).isEqualTo("{\"type\":\"gift.received\",\"marker\":1}");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "post:0",
        "post:-1",
        "post:01",
        "post:abc",
        "post:",
        "post:99999999999999999999999",
        "nowhere",
    })
    void unknownChannels(String channel) {
        var body = "{\"channel\":\"" + channel + "\",\"payload\":{\"type\":\"gift.received\"}}";
        var answer = server.publish(body);
        assertThat(answer.problem()).isEqualTo("400 unknown_channel channel " + channel);
        assertThat(answer.json().get("expected").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "post:1      | {\"type\":\"gift.lost\"}          | unknown_event     |"
                        + " payload.type",
                "post:1      | {\"type\":\"story.viewed\"}       | event_not_carried |"
                        + " payload.type",
                "post:1      | {}                                | unknown_event     |"
                        + " payload.type",
                "post:1      | {\"type\":7}                      | unknown_event     |"
                        + " payload.type",
                "post:1      | \"gift.received\"                 | unknown_event     |"
                        + " payload.type",
                "post:1      | null                              | unknown_event     |"
                        + " payload.type",
                "trpc:global | {\"type\":\"query-invalidation\"} | invalid_payload   |"
                        + " payload.queryKey",
                "trpc:global | {\"type\":\"query-invalidation\",\"queryKey\":7} | invalid_payload |"
                        + " payload.queryKey",
            })
    void eventsAndSchemas(String channel, String payload, String code, String field) {
        var answer =
                server.publish("{\"channel\":\"" + channel + "\",\"payload\":" + payload + "}");
        assertThat(answer.problem()).startsWith("400 " + code + " " + field);
        assertThat(answer.json().get("detail").asText()).contains("expected: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"payload\":{\"type\":\"gift.received\"}}  | channel nothing",
                "{\"channel\":\"post:1\"}                    | payload nothing",
                "{\"channel\":7,\"payload\":{}}              | channel 7",
                "{\"channel\":\"\",\"payload\":{}}           | channel \"\"",
                "{\"channel\":\"post:1\",\"payload\":{},\"id\":7}  | id 7",
                "{\"channel\":\"post:1\",\"payload\":{},\"id\":\"\"}  | id \"\"",
                "{\"channel\":\"post:1\",\"payload\":{},\"event\":[]}  | event an array",
                "{\"channel\":\"post:1\",\"payload\":{},\"excludeUserId\":42}  | excludeUserId 42",
                "{\"channel\":\"post:1\",\"payload\":{},\"chanel\":1} | chanel an unknown member",
                "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"},\"event\":\"other\"}"
                    + " | event other",
                "7                                           | body 7",
                "\"text\"                                    | body \"text\"",
                "null                                        | body null",
                "[7]                                         | body[0] 7",
                "[{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}},null] | body[1]"
                        + " null",
            })
    void membersThatAreWrong(String body, String fieldAndGot) {
        assertThat(server.publish(body).problem()).isEqualTo("400 bad_request " + fieldAndGot);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "nonsense",
                "{'channel':'post:1'}",
                "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}",
                "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}} x",
                "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}}{}",
                "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\",}}",
                "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\",\"n\":01}}",
                "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\",\"n\":NaN}}",
                "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"/**/}}",
                "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\",\"n\":\"\t\"}}",
            })
    void whatIsNoJson(String body) {
        var answer = server.publish(body);
        assertThat(answer.problem()).startsWith("400 bad_request body ");
    }

    @Test
    void textThatIsNotUtf8() {
        for (var body :
                new byte[][] {
                    GIFT.replace("received", "rec\u00e9").getBytes(ISO_8859_1),
                    GIFT.getBytes(UTF_16LE),
                    {(byte) 0xC0, (byte) 0x80}
                }) {
            try (var wire = server.connect()) {
                wire.request("POST", "/internal/publish", body, TOKEN, JSON);
                assertThat(wire.answer().problem()).startsWith("400 bad_request body");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"channel\":\"post:1\",\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}}",
                "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\",\"type\":\"gift.received\"}}",
                "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\",\"a\":[{\"b\":1,\"\\u0062\":2}]}}",
                "[{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}},{\"channel\":\"post:1\",\"payload\":{\"a\":1,\"a\":1}}]",
            })
    void keysThatComeTwice(String body) {
        var answer = server.publish(body);
        assertThat(answer.problem()).startsWith("400 bad_request body");
        assertThat(answer.json().get("got").asText()).contains("Duplicate");
    }

    @Test
    void callsWithoutTheToken() {
        try (var wire = server.connect()) {
            var none = RunningServer.post(wire, GIFT, JSON);
            assertThat(none.problem()).isEqualTo("401 unauthorized Authorization nothing");
            assertThat(none.header("www-authenticate")).startsWith("Bearer");
            for (var wrong :
                    new String[] {
                        "Bearer dev-publish-toke",
                        "Bearer dev-publish-token2",
                        "Bearer ",
                        "Bearer",
                        "dev-publish-token",
                        "Basic ZGV2LXB1Ymxpc2gtdG9rZW4=",
                        "Bearer DEV-PUBLISH-TOKEN"
                    }) {
                assertThat(
                                RunningServer.post(wire, GIFT, JSON, "Authorization: " + wrong)
                                        .problem())
                        .isEqualTo("401 unauthorized Authorization another credential");
            }
        }
    }

    @Test
    void aClientsTokenIsNoPublishToken() {
        try (var wire = server.connect()) {
            var token = "Authorization: Bearer " + server.token("42");
            assertThat(RunningServer.post(wire, GIFT, JSON, token).status()).isEqualTo(401);
        }
    }

    @Test
    void everyCallWhereNoTokenIsConfigured() {
        var options =
                Map.of(
                        "host",
                        "127.0.0.1",
                        "token.secret",
                        "a-secret-of-more-than-thirty-two-bytes");
        try (var closed = RunningServer.start(new TestClock(), "", options)) {
            for (var header : new String[] {TOKEN, "Authorization: Bearer ", "Accept: */*"}) {
                try (var wire = closed.connect()) {
                    var answer = RunningServer.post(wire, GIFT, JSON, header);
                    assertThat(answer.problem()).startsWith("401 unauthorized publish.token");
                    assertThat(answer.body()).contains("REALTIME_PUBLISH_TOKEN");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "HEAD"})
    void otherMethods(String method) {
        try (var wire = server.connect()) {
            wire.request(method, "/internal/publish", "Content-Length: 0", TOKEN);
            if (method.equals("HEAD")) {
                assertThat(wire.answerWithoutBody().status()).isEqualTo(405);
                return;
            }
            var answer = wire.answer();
            assertThat(answer.problem()).isEqualTo("405 method_not_allowed method " + method);
            assertThat(answer.header("allow")).isEqualTo("POST");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/internal/publish/", "/internal/Publish", "/internal", "/nowhere"})
    void otherPaths(String path) {
        try (var wire = server.connect()) {
            wire.request("POST", path, GIFT.getBytes(UTF_8), TOKEN, JSON);
            assertThat(wire.answer().problem()).isEqualTo("404 not_found path " + path);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Type: text/plain",
                "Content-Type: application/jsonp",
                "Content-Type: ",
                "Accept: */*"
            })
    void otherMediaTypes(String header) {
        try (var wire = server.connect()) {
            var answer = RunningServer.post(wire, GIFT, TOKEN, header);
            assertThat(answer.problem()).startsWith("415 unsupported_media_type Content-Type");
            assertThat(answer.json().get("expected").asText()).isEqualTo("application/json");
        }
    }

    @Test
    void payloadsThatAreTooLarge() {
        var payload = "{\"type\":\"gift.received\",\"x\":\"" + "x".repeat(1024) + "\"}";
        var answer = server.publish("{\"channel\":\"post:1\",\"payload\":" + payload + "}");
        assertThat(answer.problem())
                .isEqualTo("413 payload_too_large payload " + payload.length() + " bytes");
        assertThat(answer.json().get("expected").asText()).contains("1024");
    }

    @Test
    void bodiesThatAreTooLarge() {
        var answer = server.publish(" ".repeat(129 * 1024) + GIFT);
        assertThat(answer.problem()).startsWith("413 body_too_large body");
        assertThat(answer.json().get("expected").asText()).contains("131072");
    }

    @Test
    void bodiesThatTurnOutTooLarge() {
        try (var wire = server.connect()) {
            wire.request("POST", "/internal/publish", TOKEN, JSON, "Transfer-Encoding: chunked");
            var chunk = "8000\r\n" + " ".repeat(0x8000) + "\r\n";
            for (int i = 0; i < 5; i++) {
                wire.write(chunk);
            }
            assertThat(wire.answer().problem()).startsWith("413 body_too_large body");
        }
    }

    @Test
    void bodiesFarTooLargeAreAnsweredBeforeTheyHaveCome() {
        try (var wire = server.connect()) {
            wire.request(
                    "POST",
                    "/internal/publish",
                    TOKEN,
                    JSON,
                    "Content-Length: 99999999999",
                    "Expect: 100-continue");
            assertThat(wire.answer().problem()).startsWith("413 body_too_large body 99999999999");
        }
    }

    @Test
    void keysThatAreNone() {
        assertThat(server.publish(GIFT, "Idempotency-Key: " + "k".repeat(129)).problem())
                .isEqualTo("400 bad_request Idempotency-Key 129 characters");
        assertThat(server.publish(GIFT, "Idempotency-Key: ").problem())
                .isEqualTo("400 bad_request Idempotency-Key 0 characters");
    }

    @Test
    void requestsThatAreNoHttp() {
        try (var wire = server.connect()) {
            wire.write("GARBAGE\r\n\r\n");
            assertThat(wire.answer().problem()).startsWith("400 bad_request request");
        }
    }
}
