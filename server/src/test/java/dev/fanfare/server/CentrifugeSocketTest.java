package dev.fanfare.server;

import static dev.fanfare.server.EmulatedClient.connect;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on the wire of the protocol compatible with Centrifugo, over WebSocket. */
class CentrifugeSocketTest {
    private static final String PATH = "/connection/websocket";
    private static final int BINARY = 2;

    /** Nobody comes twice: there are so many connections of a user. */
    private static final AtomicInteger USERS = new AtomicInteger();

    private static TestClock clock;
    private static RunningServer server;

    @BeforeAll
    static void start() {
        clock = new TestClock();
        server =
                RunningServer.start(
                        clock,
                        """
                        limits:
                          frame-size: 4KiB
                          connections-per-user: 2
                          channels-per-connection: 3
                          connect-timeout: 5s
                          messages-per-second: 1000
                          message-burst: 2000
                        delivery.max-delay: 50ms
                        endpoints:
                          - { path: /connection/websocket, transport: centrifuge }
                          - { path: /insecure, transport: centrifuge, insecure: true }
                        channels:
                          - pattern: "chat:{id}"
                            variables: { id: segment }
                            subscribe: everyone
                            publish: everyone
                            history: { size: 100, age: 10m }
                          - { pattern: "closed:{id}", variables: { id: segment } }
                        """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void tellsNothingOfASessionWhereTheConnectionIsAllThereIs() {
        try (var socket = server.socket(PATH)) {
            var result = socket.ask(connect(server.token(someone()))).get("connect");
            assertThat(result.get("client").asText()).hasSize(36);
            assertThat(result.get("ping").asInt()).isEqualTo(25);
            assertThat(result.get("pong").asBoolean()).isTrue();
            assertThat(result.has("session")).isFalse();
            assertThat(result.has("node")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?cf_protocol=protobuf",
                "?format=protobuf",
                "?cf_protocol=protobuf&cf_protocol_version=v2"
            })
    void speaksProtobufWhereTheQuerySaysSo(String query) {
        try (var socket = server.socket(PATH + query)) {
            socket.sendBinary(Protobuf.connect(server.token(someone())));
            var frame = socket.message();
            assertThat(frame.opcode()).isEqualTo(BINARY);
            assertThat(frame.text()).contains("0.0.0");
            assertThat(socket.header("sec-websocket-protocol")).isEmpty();
        }
    }

    @Test
    void speaksProtobufWhereTheSubprotocolSaysSo() {
        try (var socket =
                server.socket(PATH, "Sec-WebSocket-Protocol: other, centrifuge-protobuf")) {
            assertThat(socket.header("sec-websocket-protocol")).isEqualTo("centrifuge-protobuf");
            socket.sendBinary(Protobuf.connect(server.token(someone())));
            assertThat(socket.message().opcode()).isEqualTo(BINARY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?cf_protocol_version=v2", "?cf_protocol=json&format=json&x=y"})
    void speaksJsonOtherwise(String query) {
        try (var socket = server.socket(PATH + query)) {
            assertThat(socket.ask(connect(server.token(someone()))).has("connect")).isTrue();
        }
    }

    @Test
    void answersEveryCommandOfAFrameInItsOrder() {
        try (var socket = server.socket(PATH)) {
            socket.send(
                    connect(server.token(someone()))
                            + "\n"
                            + "{\"id\":2,\"ping\":{}}\n\n"
                            + "{\"id\":3,\"unsubscribe\":{\"channel\":\"chat:a\"}}\n");
            var ids = messages(socket, 3).map(reply -> reply.get("id").asInt());
            assertThat(ids).containsExactly(1, 2, 3);
        }
    }

    @Test
    void packsSeveralAnswersIntoOneFrame() {
        try (var socket = connected("answers")) {
            socket.send("{\"id\":2,\"ping\":{}}\n{\"id\":3,\"ping\":{}}\n{\"id\":4,\"ping\":{}}");
            assertThat(socket.text().split("\n")).hasSize(3);
        }
    }

    @Test
    void packsSeveralPushesIntoOneFrame() {
        try (var socket = connected("pack")) {
            socket.ask("{\"id\":2,\"subscribe\":{\"channel\":\"chat:pack\"}}");
            publish("chat:pack", 10);
            var frames = new ArrayList<Integer>();
            for (int heard = 0; heard < 10; heard += frames.getLast()) {
                frames.add(socket.text().split("\n").length);
            }
            assertThat(frames).hasSizeLessThan(10);
        }
    }

    @Test
    void pingsInItsOwnWordsAndWantsThemAnswered() {
        try (var socket = connected("ping")) {
            clock.advance(Duration.ofSeconds(25));
            assertThat(socket.text()).isEqualTo("{}");
            socket.send("{}");
            clock.advance(Duration.ofSeconds(25));
            assertThat(socket.text()).isEqualTo("{}");
            clock.advance(Duration.ofSeconds(9));
            assertThat(socket.ending()).isEqualTo(new TestSocket.Ending(3012, "no pong"));
        }
    }

    @Test
    void pingsByTheMeansOfWebSocketWhereTheQuerySaysSo() {
        try (var socket = server.socket(PATH + "?cf_ws_frame_ping_pong=true")) {
            var result = socket.ask(connect(server.token("native"))).get("connect");
            assertThat(result.has("ping")).isFalse();
            assertThat(result.has("pong")).isFalse();
            for (int i = 0; i < 3; i++) {
                clock.advance(Duration.ofSeconds(25));
                socket.awaitPing();
                socket.sendPong();
            }
            clock.advance(Duration.ofSeconds(25));
            socket.awaitPing();
            clock.advance(Duration.ofSeconds(9));
            assertThat(socket.ending().code()).isEqualTo(3012);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "nonsense",
                "{\"id\":2}",
                "{\"id\":2,\"unknown\":{}}",
                "{\"ping\":{}}"
            })
    void cutsOffForGoodOverAFrameItCannotRead(String frame) {
        try (var socket = connected(someone())) {
            socket.send(frame);
            assertThat(socket.ending()).isEqualTo(new TestSocket.Ending(3501, "bad request"));
        }
    }

    @Test
    void cutsOffForGoodOverALengthBeyondTheFrame() {
        try (var socket = server.socket(PATH + "?format=protobuf")) {
            socket.sendBinary(HexFormat.of().parseHex("ffff7f0801"));
            assertThat(socket.ending().code()).isEqualTo(3501);
        }
    }

    @Test
    void closesAsWebSocketsDoOverAFrameThatIsTooLarge() {
        try (var socket = connected("large")) {
            socket.send(" ".repeat(4097));
            assertThat(socket.ending().code()).isEqualTo(1009);
        }
    }

    @Test
    void cutsOffWhoDoesNotSayInTimeWhoItIs() {
        try (var socket = server.socket(PATH)) {
            clock.advance(Duration.ofSeconds(5));
            assertThat(socket.ending()).isEqualTo(new TestSocket.Ending(3502, "stale"));
        }
    }

    @Test
    void cutsOffWhoIsRefusedAndStays() {
        try (var socket = server.socket(PATH)) {
            var expired = server.token(someone(), Duration.ofSeconds(-1));
            assertThat(socket.ask(connect(expired)).at("/error/code").asInt()).isEqualTo(109);
            clock.advance(Duration.ofSeconds(5));
            assertThat(socket.ending().code()).isEqualTo(3502);
        }
    }

    @Test
    void takesSoManyConnectionsOfAUser() {
        try (var one = connected("many");
                var two = connected("many");
                var three = server.socket(PATH)) {
            three.send(connect(server.token("many")));
            assertThat(three.ending()).isEqualTo(new TestSocket.Ending(3504, "connection limit"));
            assertThat(one.ask("{\"id\":2,\"ping\":{}}").get("id").asInt()).isEqualTo(2);
            assertThat(two.ask("{\"id\":2,\"ping\":{}}").get("id").asInt()).isEqualTo(2);
        }
    }

    @Test
    void givesSoManyChannelsFromTheBeginning() {
        var channels = List.of("chat:a", "chat:b", "chat:c", "chat:d");
        try (var socket = server.socket(PATH)) {
            socket.send(connect(server.token(someone(), Map.of("channels", channels))));
            assertThat(socket.ending()).isEqualTo(new TestSocket.Ending(3505, "channel limit"));
        }
    }

    @Test
    void hasARefusalForWhoComesWhenThereIsNoRoom() {
        try (var small = RunningServer.start("limits.connections: 1\n")) {
            try (var _ = small.socket(PATH)) {
                assertThat(small.refusal(PATH).status()).isEqualTo(503);
                assertThat(small.post(EmulatedClient.STREAM, connect("t")).status()).isEqualTo(503);
            }
        }
        try (var slow =
                RunningServer.start(new TestClock(), "limits.connections-per-second: 1\n")) {
            try (var _ = slow.socket(PATH)) {
                assertThat(slow.refusal(PATH).status()).isEqualTo(503);
            }
        }
    }

    @Test
    void allowsEverythingWhereThatIsAskedFor() {
        try (var socket = server.socket("/insecure")) {
            var result = socket.ask("{\"id\":1,\"connect\":{}}").get("connect");
            assertThat(result.has("expires")).isFalse();
            var answer = socket.ask("{\"id\":2,\"subscribe\":{\"channel\":\"closed:a\"}}");
            assertThat(answer.has("subscribe")).isTrue();
        }
    }

    @Test
    void wantsNoNewTokenThereOfWhoHadAGoodOne() {
        try (var socket = server.socket("/insecure")) {
            var token = server.token("careless", Duration.ofSeconds(5));
            assertThat(socket.ask(connect(token)).at("/connect").has("expires")).isFalse();
        }
        try (var socket = server.socket("/insecure")) {
            var expired = server.token("careless", Duration.ofSeconds(-1));
            assertThat(socket.ask(connect(expired)).at("/error/code").asInt()).isEqualTo(109);
        }
    }

    private static String someone() {
        return "user" + USERS.incrementAndGet();
    }

    private static TestSocket connected(String user) {
        var socket = server.socket(PATH);
        assertThat(socket.ask(connect(server.token(user))).has("connect")).isTrue();
        return socket;
    }

    private static void publish(String channel, int count) {
        var payloads =
                IntStream.range(0, count)
                        .mapToObj(
                                n ->
                                        "{\"channel\":\"%s\",\"payload\":{\"n\":%d}}"
                                                .formatted(channel, n))
                        .toList();
        assertThat(server.publish(payloads.toString()).status()).isEqualTo(200);
    }

    private static Stream<JsonNode> messages(TestSocket socket, int count) {
        var messages = new ArrayList<JsonNode>();
        while (messages.size() < count) {
            Stream.of(socket.text().split("\n")).map(Json::read).forEach(messages::add);
        }
        return messages.stream();
    }
}
