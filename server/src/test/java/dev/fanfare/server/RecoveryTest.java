package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that come back say where they left off, and get what they missed, or hear of the gap. */
class RecoveryTest {
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server =
                RunningServer.start(
                        """
                        limits.recovered-publications: 5
                        channels:
                          - { pattern: "news:{n}", variables: { n: positive-integer }, subscribe: everyone, history: { size: 10, age: 10m } }
                          - { pattern: "now:{n}", variables: { n: positive-integer }, subscribe: everyone }
                        """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void replaysWhatWasMissedAndGoesOn() {
        var epoch = publish("news:1", 1);
        for (int n = 2; n <= 5; n++) {
            publish("news:1", n);
        }
        try (var socket = since("news:1", "news:1@" + epoch + ":2")) {
            publish("news:1", 6);
            for (int n = 3; n <= 6; n++) {
                assertPublication(socket.json(), "news:1", n);
            }
        }
    }

    @Test
    void replaysNothingToWhoHasSeenEverything() {
        var epoch = publish("news:2", 1);
        try (var socket = since("news:2", "news:2@" + epoch + ":1")) {
            publish("news:2", 2);
            assertPublication(socket.json(), "news:2", 2);
        }
    }

    @Test
    void replaysEachOfSeveralChannels() {
        var one = publish("news:3", 1);
        var two = publish("news:4", 1);
        publish("news:3", 2);
        publish("news:4", 2);
        try (var socket = since("news:3,news:4", "news:4@" + two + ":1,news:3@" + one + ":0")) {
            assertPublication(socket.json(), "news:3", 1);
            assertPublication(socket.json(), "news:3", 2);
            assertPublication(socket.json(), "news:4", 2);
        }
    }

    @Test
    void aChannelWithoutAPositionStartsNow() {
        var epoch = publish("news:5", 1);
        publish("news:6", 1);
        try (var socket = since("news:5,news:6", "news:5@" + epoch + ":0")) {
            assertPublication(socket.json(), "news:5", 1);
            publish("news:6", 2);
            assertPublication(socket.json(), "news:6", 2);
        }
    }

    @Test
    void tellsOfAGapWhereTheEpochIsAnother() {
        publish("news:7", 1);
        try (var socket = since("news:7", "news:7@elsewhen:0")) {
            assertGap(socket.json(), "news:7", 1);
            publish("news:7", 2);
            assertPublication(socket.json(), "news:7", 2);
        }
    }

    @Test
    void tellsOfAGapWhereTheOffsetIsAhead() {
        var epoch = publish("news:8", 1);
        try (var socket = since("news:8", "news:8@" + epoch + ":99")) {
            assertGap(socket.json(), "news:8", 1);
            publish("news:8", 2);
            assertPublication(socket.json(), "news:8", 2);
        }
    }

    @Test
    void tellsOfAGapWhereHistoryDoesNotReachBack() {
        var epoch = publish("news:9", 1);
        for (int n = 2; n <= 12; n++) {
            publish("news:9", n);
        }
        try (var socket = since("news:9", "news:9@" + epoch + ":1")) {
            assertGap(socket.json(), "news:9", 12);
        }
    }

    @Test
    void tellsOfAGapWhereMoreWasMissedThanIsReplayed() {
        var epoch = publish("news:10", 1);
        for (int n = 2; n <= 8; n++) {
            publish("news:10", n);
        }
        try (var whole = since("news:10", "news:10@" + epoch + ":3");
                var gap = since("news:10", "news:10@" + epoch + ":2")) {
            assertPublication(whole.json(), "news:10", 4);
            assertGap(gap.json(), "news:10", 8);
        }
    }

    @Test
    void tellsOfAGapWhereThereIsNoHistory() {
        try (var socket = since("now:1", "now:1@abcdefgh:3")) {
            var gap = socket.json();
            assertThat(gap.get("type").asText()).isEqualTo("gap");
            assertThat(gap.get("channel").asText()).isEqualTo("now:1");
            server.publish("{\"channel\":\"now:1\",\"payload\":{\"n\":1}}");
            assertThat(socket.json().get("payload").get("n").asInt()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "news:1",
                "news:1@",
                "news:1@abc",
                "news:1@abc:",
                "news:1@abc:-1",
                "news:1@abc:1x",
                "news:1@abc:9999999999999999999",
                "@abc:1",
                ",",
                "news:1@abc:1,",
                "news:2@abc:1",
                "news:%25zz@abc:1"
            })
    void refusesPositionsThatAreNone(String since) {
        var target = "envelope=true&channels=news:1&since=" + since + "&token=" + server.token("1");
        assertThat(server.refusal("/ws?" + target).problem()).startsWith("400 bad_request since");
        assertThat(server.get("/sse?" + target).problem()).startsWith("400 bad_request since");
        assertThat(server.get("/stream?" + target).problem()).startsWith("400 bad_request since");
    }

    @Test
    void refusesPositionsWhereNoneAreSeen() {
        var query = "?channels=news:1&since=news:1@abc:1&token=" + server.token("1");
        for (var answer :
                new HttpAnswer[] {server.refusal("/ws" + query), server.get("/stream" + query)}) {
            assertThat(answer.problem()).isEqualTo("400 bad_request since a position");
            assertThat(answer.json().get("expected").asText()).contains("envelope=true");
        }
    }

    @Test
    void replaysNothingThatWasNotMeantForTheClient() {
        var epoch = publish("news:11", 1);
        server.publish("{\"channel\":\"news:11\",\"excludeUserId\":\"1\",\"payload\":{\"n\":2}}");
        publish("news:11", 3);
        try (var socket = since("news:11", "news:11@" + epoch + ":1")) {
            assertPublication(socket.json(), "news:11", 3);
        }
    }

    private static TestSocket since(String channels, String since) {
        return server.socket(
                "/ws?envelope=true&channels="
                        + channels
                        + "&since="
                        + since
                        + "&token="
                        + server.token("1"));
    }

    /** The channel's epoch. */
    private static String publish(String channel, int number) {
        var answer =
                server.publish(
                        "{\"channel\":\"" + channel + "\",\"payload\":{\"n\":" + number + "}}");
        assertThat(answer.json().get("offset").asLong()).isEqualTo(number);
        return answer.json().get("epoch").asText();
    }

    private static void assertPublication(JsonNode envelope, String channel, int number) {
        assertThat(envelope.path("channel").asText()).as(envelope.toString()).isEqualTo(channel);
        assertThat(envelope.path("offset").asLong()).as(envelope.toString()).isEqualTo(number);
        assertThat(envelope.path("payload").path("n").asInt()).isEqualTo(number);
    }

    private static void assertGap(JsonNode gap, String channel, long offset) {
        assertThat(gap.path("type").asText()).as(gap.toString()).isEqualTo("gap");
        assertThat(gap.path("channel").asText()).isEqualTo(channel);
        assertThat(gap.path("offset").asLong()).isEqualTo(offset);
        assertThat(gap.path("epoch").asText()).isNotEmpty();
    }
}
