package dev.fanfare.server;

import static dev.fanfare.server.EmulatedClient.STREAM;
import static dev.fanfare.server.EmulatedClient.connect;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol compatible with Centrifugo in HTTP responses without an end, as lines. */
class HttpStreamTest {
    private static final String OCTETS = "Content-Type: application/octet-stream";

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server =
                RunningServer.start(
                        """
                        limits: { frame-size: 4KiB, connections-per-user: 2 }
                        channels:
                          - pattern: "chat:{id}"
                            variables: { id: segment }
                            subscribe: everyone
                            publish: everyone
                            presence: true
                            history: { size: 10, age: 10m }
                        """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersEveryCommandOfTheBodyWithALine() {
        var commands =
                connect(server.token("user1"))
                        + "\n{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\"}}"
                        + "\n{\"id\":3,\"presence_stats\":{\"channel\":\"chat:a\"}}";
        try (var client = EmulatedClient.connected(server, server.connect(), commands)) {
            var result = client.welcome().get("connect");
            assertThat(result.get("client").asText()).hasSize(36);
            assertThat(result.get("ping").asInt()).isEqualTo(25);
            assertThat(result.get("pong").asBoolean()).isTrue();
            assertThat(result.get("session").asText()).hasSizeGreaterThanOrEqualTo(32);
            assertThat(result.get("node").asText()).isNotEmpty();
            assertThat(client.json().get("id").asInt()).isEqualTo(2);
            assertThat(client.json().at("/presence_stats/num_clients").asInt()).isEqualTo(1);
        }
    }

    @Test
    void tellsProxiesToPassEverythingOn() {
        try (var client = EmulatedClient.connected(server, "user2")) {
            assertThat(client.stream().header("x-accel-buffering")).isEqualTo("no");
            assertThat(client.stream().header("cache-control")).contains("no-cache", "no-store");
            assertThat(client.stream().header("connection")).isEqualTo("keep-alive");
        }
    }

    @Test
    void pushesWhatIsPublished() {
        try (var client = EmulatedClient.connected(server, "user3")) {
            client.send("{\"id\":2,\"subscribe\":{\"channel\":\"chat:b\"}}");
            assertThat(client.json().has("subscribe")).isTrue();
            server.publish("{\"channel\":\"chat:b\",\"payload\":{\"n\":\n1}}");
            assertThat(client.json().at("/push/pub/data").toString()).isEqualTo("{\"n\":1}");
        }
    }

    @Test
    void speaksProtobufToWhoSendsIt() throws IOException {
        try (var wire = server.connect()) {
            wire.request("POST", STREAM, Protobuf.connect(server.token("proto")), OCTETS);
            var head = wire.head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers()).containsEntry("content-type", "application/octet-stream");
            byte[] reply = wire.chunk();
            int length = (reply[0] & 0x7F) | reply[1] << 7;
            assertThat(reply).hasSize(2 + length);
            assertThat(Arrays.copyOfRange(reply, 2, 5)).containsExactly(8, 1, 0x2a);
            assertThat(new String(reply, UTF_8)).contains("0.0.0");
        }
    }

    @Test
    void tellsWhyItEndsAndThenEnds() {
        try (var stream = server.stream(STREAM, connect("nonsense"))) {
            assertThat(stream.line())
                    .isEqualTo(
                            "{\"push\":{\"disconnect\":{\"code\":3500,\"reason\":\"invalid"
                                    + " token\"}}}");
            assertThat(stream.hasEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "{\"id\":1,\"ping\":{}}", "{}", "{\"id\":1}"})
    void wantsToHearFirstWhoItIs(String commands) {
        try (var stream = server.stream(STREAM, commands)) {
            assertThat(stream.json().at("/push/disconnect/code").asInt()).isEqualTo(3501);
            assertThat(stream.hasEnded()).isTrue();
        }
    }

    @Test
    void answersAnExpiredTokenWithAnErrorAndStaysOpen() {
        var expired = server.token("user4", Duration.ofSeconds(-1));
        try (var stream = server.stream(STREAM, connect(expired))) {
            assertThat(stream.json().at("/error/code").asInt()).isEqualTo(109);
        }
    }

    @Test
    void wantsABody() {
        assertThat(server.post(STREAM, "").problem()).isEqualTo("400 bad_request connect nothing");
    }

    @Test
    void takesNoBodyBeyondTheLimit() {
        var answer = server.post(STREAM, " ".repeat(4097));
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("4096");
    }

    @Test
    void isThereForPostOnly() {
        var answer = server.get(STREAM);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).contains("POST");
    }

    @Test
    void tellsWhoHasEnoughConnections() {
        try (var one = EmulatedClient.connected(server, "many");
                var two = EmulatedClient.connected(server, "many");
                var three = server.stream(STREAM, connect(server.token("many")))) {
            assertThat(one.welcome().has("connect")).isTrue();
            assertThat(two.welcome().has("connect")).isTrue();
            assertThat(three.json().at("/push/disconnect/code").asInt()).isEqualTo(3504);
            assertThat(three.hasEnded()).isTrue();
        }
        await().untilAsserted(
                        () -> {
                            try (var again = EmulatedClient.connected(server, "many")) {
                                assertThat(again.welcome().has("connect")).isTrue();
                            }
                        });
    }

    @Test
    void forgetsWhoHasGone() {
        try (var watcher = EmulatedClient.connected(server, "watcher")) {
            try (var client = EmulatedClient.connected(server, "user5")) {
                client.send("{\"id\":2,\"subscribe\":{\"channel\":\"chat:c\"}}");
                assertThat(client.json().has("subscribe")).isTrue();
                assertThat(present(watcher)).isEqualTo(1);
            }
            await().untilAsserted(() -> assertThat(present(watcher)).isZero());
        }
    }

    @Test
    void keepsNoPlaceForWhoGoesBeforeTheAnswer() {
        var body = connect(server.token("hasty")).getBytes(UTF_8);
        for (int i = 0; i < 50; i++) {
            try (var wire = server.connect()) {
                wire.request("POST", STREAM, body);
            }
        }
        await().untilAsserted(
                        () -> {
                            try (var one = EmulatedClient.connected(server, "hasty");
                                    var two = EmulatedClient.connected(server, "hasty")) {
                                assertThat(one.welcome().has("connect")).isTrue();
                                assertThat(two.welcome().has("connect")).isTrue();
                            }
                        });
    }

    @Test
    void isToldOfAShutdown() {
        var other = RunningServer.start();
        try (var client = EmulatedClient.connected(other, "ann")) {
            assertThat(client.welcome().has("connect")).isTrue();
            other.close();
            assertThat(client.json().at("/push/disconnect/code").asInt()).isEqualTo(3001);
            assertThat(client.stream().hasEnded()).isTrue();
        } finally {
            other.close();
        }
    }

    private static int present(EmulatedClient watcher) {
        watcher.send("{\"id\":7,\"presence_stats\":{\"channel\":\"chat:c\"}}");
        return watcher.json().at("/presence_stats/num_clients").asInt();
    }
}
