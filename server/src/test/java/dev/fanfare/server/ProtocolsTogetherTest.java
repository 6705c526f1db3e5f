package dev.fanfare.server;

import static dev.fanfare.server.EmulatedClient.connect;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients of the three protocols hear of each other on one channel. */
@Timeout(30)
class ProtocolsTogetherTest {
    private static final String CENTRIFUGE = "/connection/websocket";
    private static final String ABLY = "/?v=6&key=dev000.key001:dev-ably-secret&clientId=ann";
    private static final String PUBLISH =
            "{\"action\":15,\"channel\":\"%s\",\"msgSerial\":%d,\"messages\":[%s]}";
    private static final int ACK = 1;
    private static final int ATTACHED = 11;
    private static final int PRESENCE = 14;
    private static final int MESSAGE = 15;

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server =
                RunningServer.start(
                        """
                        endpoints:
                          - { path: /connection/websocket, transport: centrifuge }
                          - { path: /ws, transport: websocket }
                        channels:
                          - pattern: "room:{id}"
                            variables: { id: segment }
                            subscribe: everyone
                            publish: everyone
                            presence: true
                            join-leave: true
                            payload: anything
                            history: { size: 100, age: 10m }
                        """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void bytesOfOneProtocolAreBase64InThoseOfTextAlone() {
        try (var plain = server.subscriber("room:bytes");
                var centrifuge = subscribed("room:bytes");
                var ably = attached("room:bytes")) {
            var bytes = "{\"name\":\"pixel\",\"data\":\"AQL/\",\"encoding\":\"base64\"}";
            ably.send(PUBLISH.formatted("room:bytes", 0, bytes));

            var told = "{\"type\":\"pixel\",\"data\":\"AQL/\",\"encoding\":\"base64\"}";
            assertThat(plain.text()).isEqualTo(told);
            assertThat(push(centrifuge, "pub").get("data").toString()).isEqualTo(told);
            var message = next(ably, MESSAGE).at("/messages/0");
            assertThat(message.get("data").asText()).isEqualTo("AQL/");
            assertThat(message.get("encoding").asText()).isEqualTo("base64");

            ably.send(PUBLISH.formatted("room:bytes", 1, "{\"data\":{\"n\":1}}"));
            assertThat(plain.text()).isEqualTo("{\"n\":1}");
            assertThat(push(centrifuge, "pub").get("data").toString()).isEqualTo("{\"n\":1}");
        }
    }

    @Test
    void whatOthersPublishIsJsonNamedByItsType() {
        try (var centrifuge = subscribed("room:others");
                var ably = attached("room:others")) {
            centrifuge.send(
                    "{\"id\":3,\"publish\":{\"channel\":\"room:others\","
                            + "\"data\":{\"type\":\"tick\",\"n\":1}}}");

            var message = next(ably, MESSAGE).at("/messages/0");
            assertThat(message.get("name").asText()).isEqualTo("tick");
            assertThat(message.get("data").asText()).isEqualTo("{\"type\":\"tick\",\"n\":1}");
            assertThat(message.get("encoding").asText()).isEqualTo("json");
            assertThat(message.get("clientId").asText()).isEqualTo("42");
        }
    }

    @Test
    void membersOfOneProtocolAreSeenInTheOther() {
        try (var ably = attached("room:members");
                var centrifuge = subscribed("room:members")) {
            var joined = next(ably, PRESENCE).at("/presence/0");
            assertThat(joined.get("action").asInt()).isEqualTo(2);
            assertThat(joined.get("clientId").asText()).isEqualTo("42");

            ably.send(
                    "{\"action\":14,\"channel\":\"room:members\",\"msgSerial\":0,"
                            + "\"presence\":[{\"action\":2,\"data\":\"hi\"}]}");
            var info = push(centrifuge, "join").get("info");
            assertThat(info.get("user").asText()).isEqualTo("ann");
            assertThat(info.at("/chan_info/data").asText()).isEqualTo("hi");
        }
    }

    @Test
    void oneBadMessageIsRefusedAndTheConnectionGoesOn() {
        try (var ably = attached("room:bad")) {
            ably.send(PUBLISH.formatted("room:bad", 0, "{\"name\":5}"));
            var refused = next(ably, 2);
            assertThat(refused.get("msgSerial").asInt()).isZero();
            assertThat(refused.at("/error/code").asInt()).isEqualTo(40000);

            ably.send(PUBLISH.formatted("room:bad", 1, "{\"name\":\"good\"}"));
            assertThat(next(ably, ACK).get("msgSerial").asInt()).isEqualTo(1);
        }
    }

    private static TestSocket attached(String channel) {
        var socket = server.socket(ABLY);
        socket.send("{\"action\":10,\"channel\":\"" + channel + "\"}");
        next(socket, ATTACHED);
        return socket;
    }

    private static TestSocket subscribed(String channel) {
        var socket = server.socket(CENTRIFUGE);
        socket.ask(connect(server.token("42")));
        socket.ask(
                "{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\",\"join_leave\":true}}");
        return socket;
    }

    /** The next protocol message of this action. */
    private static JsonNode next(TestSocket socket, int action) {
        var message = socket.json();
        while (message.get("action").asInt() != action) {
            message = socket.json();
        }
        return message;
    }

    /** The next push of this kind, of more than its own coming and going. */
    private static JsonNode push(TestSocket socket, String kind) {
        var push = socket.json().path("push");
        while (!push.has(kind) || push.at("/join/info/user").asText().equals("42")) {
            push = socket.json().path("push");
        }
        return push.get(kind);
    }
}
