package dev.fanfare.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every method over a socket, against the whole server. */
@Timeout(60)
class ServerApiTest {
    private static final String BAD_REQUEST =
            "{\"error\":{\"code\":107,\"message\":\"bad request\"}}";
    private static final String UNKNOWN_CHANNEL =
            "{\"error\":{\"code\":102,\"message\":\"unknown channel\"}}";
    private static final String NOT_AVAILABLE =
            "{\"error\":{\"code\":108,\"message\":\"not available\"}}";
    private static final String NO_METHOD =
            "{\"error\":{\"code\":104,\"message\":\"method not found\"}}";

    private static ApiServer server;

    @BeforeAll
    static void start() {
        server = ApiServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void publishesTheVeryBytesToSubscribers() throws Exception {
        var client = server.listen("42", "live:bytes");

        var answer =
                server.call(
                        "publish",
                        "{\"channel\":\"live:bytes\",\"data\":{ \"n\" : 1.0, \"t\":\"\\u00e9\" }}");

        assertThat(answer).isEqualTo("{\"result\":{}}");
        assertThat(client.next()).isEqualTo("{ \"n\" : 1.0, \"t\":\"\\u00e9\" }");
    }

    @Test
    void tellsThePositionWhereThereIsHistory() {
        assertThat(server.call("publish", "{\"channel\":\"news:first\",\"data\":1}"))
                .matches("\\{\"result\":\\{\"offset\":1,\"epoch\":\"[a-z]{8}\"}}");
        assertThat(server.call("publish", "{\"channel\":\"news:first\",\"data\":2}"))
                .startsWith("{\"result\":{\"offset\":2,");
    }

    @Test
    void countsOnWithPublicationsOfTheOtherEndpoint() {
        server.call("publish", "{\"channel\":\"news:both\",\"data\":1}");
        var other =
                server.post(
                        "/internal/publish",
                        "{\"channel\":\"news:both\",\"payload\":2}",
                        "Authorization",
                        "Bearer dev-publish-token",
                        "Content-Type",
                        "application/json");

        assertThat(other.body()).endsWith("\"offset\":2}");
        assertThat(server.call("publish", "{\"channel\":\"news:both\",\"data\":3}"))
                .contains("\"offset\":3,");
    }

    @Test
    void publishesOnceForEachIdempotencyKey() {
        var body = "{\"channel\":\"news:once\",\"data\":1,\"idempotency_key\":\"k\"}";

        assertThat(server.call("publish", body)).isEqualTo(server.call("publish", body));
        assertThat(server.call("history", "{\"channel\":\"news:once\",\"limit\":10}"))
                .containsOnlyOnce("\"data\"");
    }

    @Test
    void deliversWithoutAPositionWhatSkipsHistory() throws Exception {
        var client = server.listen("42", "news:unkept");

        var answer =
                server.call(
                        "publish",
                        "{\"channel\":\"news:unkept\",\"data\":1,\"skip_history\":true}");

        assertThat(answer).isEqualTo("{\"result\":{}}");
        assertThat(client.next()).isEqualTo("1");
        assertThat(server.call("history", "{\"channel\":\"news:unkept\",\"limit\":1}"))
                .contains("\"publications\":[],")
                .contains("\"offset\":0");
    }

    @Test
    void publishesNoVersionThatTheChannelHasReached() {
        var version = "{\"channel\":\"news:versions\",\"data\":1,\"version\":%d%s}";
        var epoch = ",\"version_epoch\":\"next\"";

        var second = server.call("publish", version.formatted(2, ""));
        assertThat(server.call("publish", version.formatted(1, ""))).isEqualTo(second);
        assertThat(server.call("publish", version.formatted(2, ""))).isEqualTo(second);
        assertThat(server.call("publish", version.formatted(3, ""))).contains("\"offset\":2,");
        assertThat(server.call("publish", version.formatted(1, epoch))).contains("\"offset\":3,");
    }

    @Test
    void tellsTagsInTheHistory() {
        server.call("publish", "{\"channel\":\"news:tags\",\"data\":1,\"tags\":{\"a\":\"b\"}}");

        assertThat(server.call("history", "{\"channel\":\"news:tags\",\"limit\":1}"))
                .contains("{\"data\":1,\"offset\":1,\"tags\":{\"a\":\"b\"}}");
    }

    @Test
    void takesBinaryDataAndPassesOverWhatItDoesNotKnow() {
        var answer =
                server.call(
                        "publish",
                        """
                        {"channel":"news:binary","b64data":"AP8=","delta":true,"version":0,
                        "idempotency_key":null,"of_tomorrow":{"a":[1]}}\
                        """);

        assertThat(answer).startsWith("{\"result\":{\"offset\":1,");
        assertThat(server.call("history", "{\"channel\":\"news:binary\",\"limit\":1}"))
                .contains("{\"b64data\":\"AP8=\",\"offset\":1}");
    }

    @Test
    void anEventBesideItsDataIsToldWithThem() throws Exception {
        var client = server.listen("42", "news:beside");

        server.post(
                "/internal/publish",
                "{\"channel\":\"news:beside\",\"event\":\"tick\",\"data\":[1]}",
                "Authorization",
                "Bearer dev-publish-token",
                "Content-Type",
                "application/json");
        assertThat(client.next()).isEqualTo("{\"type\":\"tick\",\"data\":[1]}");
        assertThat(server.call("history", "{\"channel\":\"news:beside\",\"limit\":1}"))
                .contains("{\"data\":{\"type\":\"tick\",\"data\":[1]},\"offset\":1}");
    }

    @Test
    void takesJsonThatComesAsBinaryDataForWhatItIs() throws Exception {
        var client = server.listen("42", "live:b64");

        server.call("publish", "{\"channel\":\"live:b64\",\"b64data\":\"eyJuIjoxfQ==\"}");

        assertThat(client.next()).isEqualTo("{\"n\":1}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":1}",
                "{\"channel\":\"\",\"data\":1}",
                "{\"channel\":null,\"data\":1}",
                "{\"channel\":\"live:x\"}",
                "{}"
            })
    void aPublishNeedsAChannelAndData(String body) {
        assertThat(server.call("publish", body)).isEqualTo(BAD_REQUEST);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"channel\":5,\"data\":1} | channel: 5 (expected: a string)",
                "[] | publish: an array (expected: an object)",
                "{\"channel\":\"live:x\",\"b64data\":\"?\"} | b64data: another text",
                "{\"channel\":\"live:x\",\"data\":1,\"version\":-3} | version: -3 (expected:",
                "{\"channel\":\"live:x\",\"data\":1,\"tags\":{\"a\":1}} | tags.a: 1 (expected: a",
                "{\"channel\":\"live:x\",\"data\":1,\"tags\":[]} | tags: an array (expected:",
                "{\"channel\":\"live:x\",\"data\":1,\"delta\":1} | delta: 1 (expected:",
                "{\"channel\":\"post:1\",\"data\":{}} | data.type: nothing (expected:",
                "{\"channel\":\"post:1\",\"data\":{\"type\":\"no\"}} | data.type: no (expected:",
                "{\"channel\":\"post:1\",\"data\":{\"type\":\"gift.received\"}} | data.amount:",
            })
    void aBadPublishSaysWhy(String body, String why) {
        assertThat(server.call("publish", body))
                .startsWith("{\"error\":{\"code\":107,\"message\":\"bad request: " + why);
    }

    @Test
    void refusesPayloadsBeyondTheLimit() {
        var large = "\"" + "x".repeat(70_000) + "\"";

        assertThat(server.call("publish", "{\"channel\":\"live:x\",\"data\":" + large + "}"))
                .contains("bad request: data: 70002 bytes (expected: at most 65536 bytes)");
    }

    @Test
    void refusesTagsBeyondTheLimit() {
        var large = "{\"tag\":\"" + "x".repeat(70_000) + "\"}";

        assertThat(
                        server.call(
                                "publish",
                                "{\"channel\":\"live:x\",\"data\":1,\"tags\":" + large + "}"))
                .contains("bad request: tags: 70003 bytes (expected: at most 65536 bytes)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish", "presence", "presence_stats", "history", "history_remove"})
    void saysThatTheChannelIsUnknown(String method) {
        assertThat(server.call(method, "{\"channel\":\"nowhere\",\"data\":1}"))
                .isEqualTo(UNKNOWN_CHANNEL);
    }

    @Test
    void broadcastsWithOneResponseForEachChannelInOrder() throws Exception {
        var client = server.listen("42", "live:all");

        var answer =
                server.call(
                        "broadcast",
                        "{\"channels\":[\"live:all\",\"nowhere\",\"news:all\",\"\"],\"data\":[1]}");

        assertThat(answer)
                .startsWith(
                        "{\"result\":{\"responses\":[{\"result\":{}},"
                                + UNKNOWN_CHANNEL
                                + ",{\"result\":{\"offset\":1,")
                .contains("{\"error\":{\"code\":107,");
        assertThat(client.next()).isEqualTo("[1]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"data\":1}", "{\"channels\":[],\"data\":1}", "{\"channels\":[\"a\"]}"})
    void aBroadcastNeedsChannelsAndData(String body) {
        assertThat(server.call("broadcast", body)).isEqualTo(BAD_REQUEST);
    }

    @Test
    void tellsWhoIsPresent() {
        server.listen("42", "room:one");
        server.listen("42", "room:one");
        server.listen("7", "room:one");

        assertThat(server.call("presence_stats", "{\"channel\":\"room:one\"}"))
                .isEqualTo("{\"result\":{\"num_clients\":3,\"num_users\":2}}");
        assertThat(server.call("presence", "{\"channel\":\"room:one\"}"))
                .matches(
                        "\\{\"result\":\\{\"presence\":\\{(\"([-0-9a-f]+)\":"
                                + "\\{\"user\":\"(42|7)\",\"client\":\"\\2\"},?){3}}}}");
    }

    @Test
    void tellsThatNobodyIsPresent() {
        assertThat(server.call("presence", "{\"channel\":\"room:empty\"}"))
                .isEqualTo("{\"result\":{\"presence\":{}}}");
        assertThat(server.call("presence_stats", "{\"channel\":\"room:empty\"}"))
                .isEqualTo("{\"result\":{\"num_clients\":0,\"num_users\":0}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"presence", "presence_stats", "history", "history_remove"})
    void saysWhatTheChannelDoesNotKeep(String method) {
        assertThat(server.call(method, "{\"channel\":\"live:x\"}")).isEqualTo(NOT_AVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"presence", "presence_stats", "history", "history_remove"})
    void needsAChannel(String method) {
        assertThat(server.call(method, "{}")).isEqualTo(BAD_REQUEST);
    }

    @Test
    void historyOfAnUnusedChannelIsEmptyAndHasAPosition() {
        assertThat(server.call("history", "{\"channel\":\"news:unused\",\"limit\":5}"))
                .matches(
                        "\\{\"result\":\\{\"publications\":\\[],"
                                + "\"epoch\":\"[a-z]{8}\",\"offset\":0}}");
    }

    @Test
    void historyReadsForwardsBackwardsAndSince() {
        var epoch = publishThree("news:read");

        assertThat(history("\"news:read\"")).contains("\"publications\":[]", "\"offset\":3}");
        assertThat(history("\"news:read\",\"limit\":-1"))
                .contains(
                        "[{\"data\":{ \"n\": 1 },\"offset\":1},{\"data\":2,\"offset\":2},"
                                + "{\"data\":3,\"offset\":3}]");
        assertThat(history("\"news:read\",\"limit\":1,\"reverse\":true"))
                .contains("[{\"data\":3,\"offset\":3}]");
        assertThat(
                        history(
                                "\"news:read\",\"limit\":9,\"since\":{\"offset\":2,\"epoch\":\""
                                        + epoch
                                        + "\"}"))
                .contains("[{\"data\":3,\"offset\":3}]");
    }

    @Test
    void historyRefusesAPositionOfAnotherEpoch() {
        publishThree("news:epoch");

        assertThat(history("\"news:epoch\",\"since\":{\"offset\":1,\"epoch\":\"other\"}"))
                .isEqualTo("{\"error\":{\"code\":112,\"message\":\"unrecoverable position\"}}");
    }

    @Test
    void removedHistoryKeepsItsPosition() {
        var epoch = publishThree("news:removed");

        assertThat(server.call("history_remove", "{\"channel\":\"news:removed\"}"))
                .isEqualTo("{\"result\":{}}");
        assertThat(history("\"news:removed\",\"limit\":9"))
                .isEqualTo(
                        "{\"result\":{\"publications\":[],\"epoch\":\""
                                + epoch
                                + "\",\"offset\":3}}");
    }

    @Test
    void hasNoMethodsOfApplications() {
        assertThat(server.call("rpc", "{\"method\":\"sum\",\"params\":{}}")).isEqualTo(NO_METHOD);
        assertThat(server.call("rpc", "{}")).isEqualTo(BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aBatchIsAnsweredInOrderWithoutAnEnvelope(boolean parallel) {
        var channel = "news:batch-" + parallel;
        var answer =
                server.call(
                        "batch",
                        """
                        {"parallel":%s,"commands":[{"publish":{"channel":"%2$s","data":1}},
                        {"presence":{"channel":"nowhere"}},{"fly":{}},{"publish":{"data":1}},
                        {"broadcast":{"channels":["%2$s"],"data":2}}]}\
                        """
                                .formatted(parallel, channel));

        assertThat(answer)
                .matches(
                        "\\{\"replies\":\\[\\{\"publish\":\\{\"offset\":1,\"epoch\":\"\\w+\"}},"
                                + "\\{\"error\":\\{\"code\":102,\"message\":\"unknown channel\"}},"
                                + "\\{\"error\":\\{\"code\":104,\"message\":\"method not found\"}},"
                                + "\\{\"error\":\\{\"code\":107,\"message\":\"bad request\"}},"
                                + "\\{\"broadcast\":\\{\"responses\":\\[\\{\"result\":"
                                + "\\{\"offset\":2,\"epoch\":\"\\w+\"}}]}}]}");
    }

    @Test
    void anEmptyBatchHasNoReplies() {
        assertThat(server.call("batch", "{}")).isEqualTo("{\"replies\":[]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"commands\":5}", "{\"commands\":[5]}", "{\"parallel\":1}"})
    void aBatchOfAnotherFormSaysWhatWasExpected(String body) {
        assertThat(server.call("batch", body)).contains("\"code\":107", "bad request: ");
    }

    private static String publishThree(String channel) {
        server.call("publish", "{\"channel\":\"" + channel + "\",\"data\":{ \"n\": 1 }}");
        server.call("publish", "{\"channel\":\"" + channel + "\",\"data\":2}");
        var answer = server.call("publish", "{\"channel\":\"" + channel + "\",\"data\":3}");
        return answer.replaceAll(".*\"epoch\":\"([a-z]+)\".*", "$1");
    }

    private static String history(String query) {
        return server.call("history", "{\"channel\":" + query + "}");
    }
}
