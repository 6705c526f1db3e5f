package dev.fanfare.server;

import static dev.fanfare.server.NodePair.call;
import static dev.fanfare.server.NodePair.publish;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whichever node a client is on, it notices nothing of the others. */
@Timeout(60)
class AcrossNodesTest {
    private static final String COMPATIBLE = "/connection/websocket";

    private static final String KEY =
            "ably.keys: [ { key: \"app001.key:hush\", revocable-tokens: true } ]\n";

    private static RedisProcess redis;
    private static NodePair nodes;

    @BeforeAll
    static void start() throws IOException {
        redis = RedisProcess.start(Version.REDIS_7);
        nodes = NodePair.on(redis, KEY);
    }

    @AfterAll
    static void stop() {
        nodes.close();
        redis.close();
    }

    @Test
    void whatIsPublishedOnOneIsHeardOnTheOther() {
        try (var plain = nodes.two().subscriber("news:1");
                var events = nodes.two().lines(query("/sse", "news:1"));
                var lines = nodes.two().lines(query("/stream", "news:1"));
                var json = compatible(nodes.two(), "news:1");
                var binary = protobuf(nodes.two(), "news:1");
                var own = nodes.one().subscriber("news:1")) {
            for (int n = 1; n <= 3; n++) {
                publish(nodes.one(), "news:1", n);
                assertThat(plain.json().get("n").asInt()).isEqualTo(n);
                assertThat(events.event().data()).isEqualTo("{\"n\":" + n + "}");
                assertThat(lines.json().get("n").asInt()).isEqualTo(n);
                assertThat(json.json().at("/push/pub/data/n").asInt()).isEqualTo(n);
                assertThat(binary.message().text()).contains("{\"n\":" + n + "}");
                assertThat(own.json().get("n").asInt()).isEqualTo(n);
            }
        }
    }

    @Test
    void whatAClientPublishesIsHeardOnTheOther() {
        try (var speaker = compatible(nodes.one(), "news:2");
                var listener = compatible(nodes.two(), "news:2")) {
            speaker.send("{\"id\":3,\"publish\":{\"channel\":\"news:2\",\"data\":{\"n\":1}}}");
            var heard = listener.json().at("/push/pub");
            assertThat(heard.at("/data/n").asInt()).isEqualTo(1);
            assertThat(heard.at("/info/user").asText()).isEqualTo("42");
        }
    }

    @Test
    void aTokenThatOneRevokesIsNoGoodOnTheOther() {
        var issued = withKey(nodes.one(), "requestToken", "{\"clientId\":\"peter\"}");
        var bearer = "Authorization: Bearer " + base64(issued.json().get("token").asText());
        assertThat(nodes.two().get("/channels/news:1/messages", bearer).status()).isEqualTo(200);

        // Tokens of the very millisecond stay good.
        await().untilAsserted(
                        () -> {
                            var targets = "{\"targets\":[\"clientId:peter\"]}";
                            withKey(nodes.one(), "revokeTokens", targets);
                            var answer = nodes.two().get("/channels/news:1/messages", bearer);
                            assertThat(answer.json().at("/error/code").asInt()).isEqualTo(40141);
                        });
    }

    private static HttpAnswer withKey(RunningServer node, String method, String body) {
        var answer =
                node.post(
                        "/keys/app001.key/" + method,
                        body,
                        "Authorization: Basic " + base64("app001.key:hush"),
                        "Content-Type: application/json");
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Test
    void channelsWithoutHistoryCrossAsWell() {
        try (var socket = nodes.two().subscriber("now:1")) {
            publish(nodes.one(), "now:1", 7);
            assertThat(socket.json().get("n").asInt()).isEqualTo(7);
        }
    }

    @Test
    void positionsGoOnWhicheverNodeIsPublishedOn() {
        var first = publish(nodes.one(), "news:3", 1);
        var second = publish(nodes.two(), "news:3", 2);
        assertThat(second.get("epoch")).isEqualTo(first.get("epoch"));
        assertThat(first.get("offset").asLong()).isEqualTo(1);
        assertThat(second.get("offset").asLong()).isEqualTo(2);
    }

    @Test
    void aRepeatOfAnIdIsOneOnTheOtherNodeToo() {
        var body = "{\"channel\":\"news:4\",\"id\":\"x\",\"payload\":{\"n\":1}}";
        var first = nodes.one().publish(body).json();
        assertThat(nodes.two().publish(body).json()).isEqualTo(first);
    }

    @Test
    void historyIsTheSameOnBoth() {
        for (int n = 1; n <= 3; n++) {
            publish(n % 2 == 0 ? nodes.one() : nodes.two(), "news:5", n);
        }
        var request = "{\"channel\":\"news:5\",\"limit\":10}";
        var history = call(nodes.one(), "history", request);
        assertThat(history.at("/result/publications")).hasSize(3);
        assertThat(call(nodes.two(), "history", request)).isEqualTo(history);
    }

    @Test
    void presenceIsTheSameOnBoth() {
        var request = "{\"channel\":\"room:1\"}";
        try (var _ = compatible(nodes.one(), "room:1");
                var _ = compatible(nodes.two(), "room:1")) {
            await().untilAsserted(
                            () -> {
                                var members = call(nodes.one(), "presence", request);
                                assertThat(members.at("/result/presence")).hasSize(2);
                                assertThat(call(nodes.two(), "presence", request))
                                        .isEqualTo(members);
                            });
        }
        await().untilAsserted(
                        () ->
                                assertThat(
                                                call(nodes.two(), "presence", request)
                                                        .at("/result/presence"))
                                        .isEmpty());
    }

    @Test
    void whoComesAndGoesIsToldOnTheOtherNodeOnce() {
        try (var watching = compatible(nodes.one(), "room:2")) {
            assertThat(watching.json().at("/push/join/info/user").asText()).isEqualTo("42");
            compatible(nodes.two(), "room:2").close();
            var joined = watching.json();
            var left = watching.json();
            assertThat(joined.at("/push/join/info/user").asText()).isEqualTo("42");
            assertThat(left.at("/push/leave/info/client"))
                    .isEqualTo(joined.at("/push/join/info/client"));
            publish(nodes.two(), "room:2", 1);
            assertThat(watching.json().at("/push/pub/data/n").asInt()).isEqualTo(1);
        }
    }

    @Test
    void whoLosesItsNodeRecoversOnTheOther() {
        try (var two = NodePair.node(redis, "")) {
            String since;
            try (var one = NodePair.node(redis, "");
                    var socket = one.socket(query("/ws", "news:6") + "&envelope=true")) {
                publish(two, "news:6", 1);
                var seen = socket.json();
                since = "news:6@" + seen.get("epoch").asText() + ":1";
                publish(one, "news:6", 2);
            }
            publish(two, "news:6", 3);
            try (var socket =
                    two.socket(query("/ws", "news:6") + "&envelope=true&since=" + since)) {
                publish(two, "news:6", 4);
                for (int n = 2; n <= 4; n++) {
                    assertThat(socket.json().get("offset").asInt()).isEqualTo(n);
                }
            }
        }
    }

    private static String query(String path, String channel) {
        return path + "?token=" + nodes.one().token("42") + "&channels=" + channel;
    }

    /** A client of the protocol compatible with Centrifugo that is subscribed. */
    private static TestSocket compatible(RunningServer node, String channel) {
        var socket = node.socket(COMPATIBLE);
        socket.ask(EmulatedClient.connect(node.token("42")));
        var reply = socket.ask("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}");
        assertThat(reply.has("subscribe")).as(reply.toString()).isTrue();
        return socket;
    }

    /** One that is subscribed by its token. */
    private static TestSocket protobuf(RunningServer node, String channel) {
        var socket = node.socket(COMPATIBLE + "?format=protobuf");
        socket.sendBinary(Protobuf.connect(node.token("42", Map.of("channels", List.of(channel)))));
        assertThat(socket.message().text()).contains(channel);
        return socket;
    }
}
