package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.harness.FaultProxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes are one server: whatever is asked of one holds on the other. */
@Timeout(60)
class SeveralNodesTest {
    private static final String DONE = "{\"result\":{}}";

    private static TwoNodes nodes;

    @BeforeAll
    static void start() {
        nodes = TwoNodes.start();
    }

    @AfterAll
    static void stop() {
        nodes.close();
    }

    @Test
    void disconnectsAUserOfTheOtherNode() {
        try (var client = EmulatedClient.connected(nodes.b, "ann")) {
            assertThat(call("disconnect", "{\"user\":\"ann\"}")).isEqualTo(DONE);
            assertThat(client.json().at("/push/disconnect/code").asInt()).isEqualTo(3503);
            assertThat(client.stream().hasEnded()).isTrue();
        }
    }

    @Test
    void givesAndTakesChannelsOfAUserOfTheOtherNode() {
        try (var client = EmulatedClient.connected(nodes.b, "bob")) {
            var subscribe = "{\"user\":\"bob\",\"channel\":\"chat:given\",\"data\":{\"n\":1}}";
            assertThat(call("subscribe", subscribe)).isEqualTo(DONE);
            assertThat(client.json().at("/push/subscribe/data/n").asInt()).isEqualTo(1);

            call("publish", "{\"channel\":\"chat:given\",\"data\":{\"n\":2}}");
            assertThat(client.json().at("/push/pub/data/n").asInt()).isEqualTo(2);

            assertThat(call("unsubscribe", "{\"user\":\"bob\",\"channel\":\"chat:given\"}"))
                    .isEqualTo(DONE);
            assertThat(call("presence", "{\"channel\":\"chat:given\"}"))
                    .isEqualTo("{\"result\":{\"presence\":{}}}");
            assertThat(client.json().at("/push/unsubscribe/code").asInt()).isEqualTo(2000);
        }
    }

    @Test
    void refreshesAUserOfTheOtherNode() {
        try (var client = EmulatedClient.connected(nodes.b, "cleo")) {
            assertThat(call("refresh", "{\"user\":\"cleo\",\"expired\":true}")).isEqualTo(DONE);
            assertThat(client.json().at("/push/disconnect/code").asInt()).isEqualTo(3005);
        }
    }

    @Test
    void countsSubscribersOfAllNodes() {
        try (var here = nodes.a.subscriber("chat:counted,chat:counted-here");
                var there = nodes.b.subscriber("chat:counted")) {
            assertThat(call("channels", "{\"pattern\":\"chat:counted*\"}"))
                    .isEqualTo(
                            "{\"result\":{\"channels\":{\"chat:counted\":{\"num_clients\":2},"
                                    + "\"chat:counted-here\":{\"num_clients\":1}}}}");
            assertThat(List.of(here, there)).hasSize(2);
        }
    }

    @Test
    void tellsOfAllNodes() {
        var told = Json.read(call("info", "{}")).at("/result/nodes");
        assertThat(StreamSupport.stream(told.spliterator(), false))
                .extracting(node -> node.get("name").asText())
                .startsWith("eu-1", "eu-2");
    }

    @Test
    void takesCommandsOfClientsOfTheOtherNode() {
        try (var client = EmulatedClient.connected(nodes.b, "dora")) {
            IntStream.rangeClosed(2, 21)
                    .mapToObj(id -> client.emulation(publish(id)))
                    .forEach(
                            body ->
                                    assertThat(nodes.a.post("/emulation", body).status())
                                            .isEqualTo(204));
            for (int id = 2; id <= 21; id++) {
                assertThat(client.json().get("id").asInt()).isEqualTo(id);
            }
        }
    }

    @Test
    void knowsNoNodeThatWasNeverThere() {
        try (var client = EmulatedClient.connected(nodes.b, "emil")) {
            var other = client.emulation(publish(2)).replaceFirst("node\":\"..", "node\":\"zz");
            assertThat(nodes.a.post("/emulation", other).problem()).startsWith("404 not_found");
        }
    }

    @Test
    void theNewestConnectionReplacesAnOlderOneOfTheOtherNode() {
        var target = "/one?token=" + nodes.a.token("frida");
        try (var first = nodes.a.socket(target);
                var second = nodes.b.socket(target)) {
            assertThat(first.ending().code()).isEqualTo(4501);
            try (var third = nodes.a.socket(target)) {
                assertThat(second.ending().code()).isEqualTo(4501);
                assertThat(third.ask("{\"type\":\"ping\"}").get("type").asText()).isEqualTo("pong");
            }
        }
    }

    @Test
    void theNewestReplacesOnOtherTransportsOfTheCompatibleProtocolToo() {
        var connect = EmulatedClient.connect(nodes.a.token("gil"));
        try (var first = nodes.a.socket("/one/websocket")) {
            assertThat(first.ask(connect).has("connect")).isTrue();
            try (var second = nodes.b.stream("/one/stream", connect)) {
                assertThat(second.json().has("connect")).isTrue();
                assertThat(first.ending().code()).isEqualTo(4501);
            }
        }
    }

    @Test
    void nobodyWaitsForANodeThatWasStopped() {
        TwoNodes.another("eu-3", nodes.redisPort()).close();
        long began = System.nanoTime();
        assertThat(call("disconnect", "{\"user\":\"nobody\"}")).isEqualTo(DONE);
        assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(1));
        assertThat(call("info", "{}")).doesNotContain("eu-3");
    }

    /** What it was told meanwhile it does when it is back. */
    @Test
    void waitsForANodeThatIsCutOffUntilItIsForgotten() throws Exception {
        try (var proxy = FaultProxy.to(nodes.redisPort());
                var far = TwoNodes.another("eu-3", proxy.port());
                var client = EmulatedClient.connected(far, "hans")) {
            proxy.stall();
            var told =
                    CompletableFuture.supplyAsync(() -> call("disconnect", "{\"user\":\"hans\"}"));
            assertThat(told).succeedsWithin(20, TimeUnit.SECONDS).isEqualTo(DONE);
            assertThat(call("info", "{}")).doesNotContain("eu-3");

            proxy.resume();
            await().untilAsserted(
                            () ->
                                    assertThat(client.json().at("/push/disconnect/code").asInt())
                                            .isEqualTo(3503));
            await().until(() -> call("info", "{}").contains("eu-3"));
        }
    }

    private static String publish(int id) {
        return "{\"id\":%d,\"publish\":{\"channel\":\"chat:order\",\"data\":{\"n\":%d}}}"
                .formatted(id, id);
    }

    private static String call(String method, String body) {
        return TwoNodes.call(nodes.a, method, body);
    }
}
