package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Channels for EventSource: ids that resume, gaps that are told. */
class ServerSentEventsTest {
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start("sse.retry: 1500ms\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void isAnEventStreamThatNobodyMayKeep() {
        try (var events = open("post:1")) {
            assertThat(events.header("content-type")).startsWith("text/event-stream");
            assertThat(events.header("cache-control")).contains("no-cache");
            assertThat(events.block().retry()).isEqualTo("1500");
        }
    }

    @Test
    void dataIsThePayloadAndTheIdItsPosition() {
        try (var events = open("post:2")) {
            var answer = gift("post:2", 1).json();
            var event = events.event();
            assertThat(event.data()).isEqualTo("{\"type\":\"gift.received\",\"n\":1}");
            assertThat(event.event()).isEmpty();
            assertThat(event.id()).isEqualTo("post:2@" + answer.get("epoch").asText() + ":1");
        }
    }

    @Test
    void anEnvelopeIsOnRequest() {
        try (var events = server.lines(target("post:2") + "&envelope=true")) {
            gift("post:2", 2);
            assertThat(events.event().json().fieldNames())
                    .toIterable()
                    .containsExactly("channel", "id", "epoch", "offset", "time", "payload");
        }
    }

    @Test
    void aPayloadWithLineBreaksStaysOneEvent() {
        try (var events = open("post:3")) {
            server.publish(
                    "{\"channel\":\"post:3\",\"payload\":{\r\n"
                            + " \"type\": \"gift.received\",\n"
                            + "\"t\": \"a b\\n"
                            + "\"\r"
                            + "}}");
            assertThat(events.event().json())
                    .isEqualTo(Json.read("{\"type\":\"gift.received\",\"t\":\"a b\\n\"}"));
        }
    }

    @Test
    void continuesAfterTheLastEventId() {
        String last;
        try (var events = open("post:4")) {
            gift("post:4", 1);
            last = events.event().id();
        }
        gift("post:4", 2);
        gift("post:4", 3);
        try (var events = server.lines(target("post:4"), "Last-Event-ID: " + last)) {
            gift("post:4", 4);
            for (int n = 2; n <= 4; n++) {
                assertThat(events.event().json().get("n").asInt()).isEqualTo(n);
            }
        }
    }

    @Test
    void continuesOnEveryChannelAfterTheLastEventId() {
        String last;
        try (var events = open("post:5,comment:5")) {
            gift("post:5", 1);
            gift("comment:5", 2);
            events.event();
            last = events.event().id();
        }
        gift("comment:5", 3);
        gift("post:5", 4);
        try (var events = server.lines(target("comment:5,post:5"), "Last-Event-ID: " + last)) {
            assertThat(events.event().json().get("n").asInt()).isEqualTo(3);
            assertThat(events.event().json().get("n").asInt()).isEqualTo(4);
        }
    }

    @Test
    void whoHasSeenNothingYetContinuesFromTheBeginning() {
        String id;
        try (var events = open("post:6,comment:6")) {
            id = "";
            while (!(id.contains("post:6@") && id.contains("comment:6@"))) {
                var block = events.block();
                id = block.id().isEmpty() ? id : block.id();
            }
        }
        gift("comment:6", 1);
        try (var events = server.lines(target("post:6,comment:6"), "Last-Event-ID: " + id)) {
            assertThat(events.event().json().get("n").asInt()).isEqualTo(1);
        }
    }

    @Test
    void alreadyTheFirstIdTellsOfEveryChannel() {
        try (var events = open("post:10,comment:10")) {
            assertThat(events.block().retry()).isNotEmpty();
            assertThat(events.block().id()).contains("post:10@", "comment:10@");
        }
    }

    @Test
    void theLastEventIdIsStrongerThanTheAddress() {
        var epoch = gift("post:7", 1).json().get("epoch").asText();
        gift("post:7", 2);
        try (var events =
                server.lines(
                        target("post:7") + "&since=post:7@" + epoch + ":0",
                        "Last-Event-ID: post:7@" + epoch + ":1")) {
            assertThat(events.event().json().get("n").asInt()).isEqualTo(2);
        }
    }

    @Test
    void tellsOfAGapWithAnIdToContinueFrom() {
        gift("post:8", 1);
        String id;
        try (var events = server.lines(target("post:8"), "Last-Event-ID: post:8@elsewhen:7")) {
            var gap = events.event();
            assertThat(gap.event()).isEqualTo("gap");
            assertThat(gap.json().get("type").asText()).isEqualTo("gap");
            assertThat(gap.json().get("channel").asText()).isEqualTo("post:8");
            id = gap.id();
        }
        gift("post:8", 2);
        try (var events = server.lines(target("post:8"), "Last-Event-ID: " + id)) {
            var event = events.event();
            assertThat(event.event()).isEmpty();
            assertThat(event.json().get("n").asInt()).isEqualTo(2);
        }
    }

    @Test
    void anEmptyLastEventIdIsNone() {
        try (var events = server.lines(target("post:9"), "Last-Event-ID: ")) {
            gift("post:9", 1);
            assertThat(events.event().json().get("n").asInt()).isEqualTo(1);
        }
    }

    @Test
    void refusesAsTheSocketDoes() {
        assertThat(server.get("/sse?channels=post:1").problem())
                .isEqualTo("401 unauthorized token nothing");
        assertThat(server.get(target("post:1,post:0,stories:7")).problem())
                .isEqualTo("403 channels_refused channels post:0,stories:7");
        assertThat(server.get(target("post:1"), "Origin: https://evil.example").problem())
                .startsWith("403 forbidden Origin");
        assertThat(server.get(target("post:1"), "Last-Event-ID: what?").problem())
                .startsWith("400 bad_request since");
        assertThat(server.request("DELETE", "/sse").problem())
                .startsWith("405 method_not_allowed method DELETE");
    }

    @Test
    void takesTheTokenInTheHeader() {
        server.lines("/sse?channels=post:1", "Authorization: Bearer " + server.token("42")).close();
    }

    @Test
    void aClientThatNamesNoChannelsGetsItsUsersOwn() {
        try (var events = server.lines("/sse?token=" + server.token("42"))) {
            server.publish("{\"channel\":\"stories:42\",\"payload\":{\"type\":\"story.viewed\"}}");
            assertThat(events.event().data()).isEqualTo("{\"type\":\"story.viewed\"}");
        }
    }

    private static LineStream open(String channels) {
        return server.lines(target(channels));
    }

    private static String target(String channels) {
        return "/sse?token=" + server.token("42") + "&channels=" + channels;
    }

    private static HttpAnswer gift(String channel, int number) {
        var answer =
                server.publish(
                        "{\"channel\":\""
                                + channel
                                + "\",\"payload\":{\"type\":\"gift.received\",\"n\":"
                                + number
                                + "}}");
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }
}
