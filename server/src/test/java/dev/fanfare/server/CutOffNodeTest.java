package dev.fanfare.server;

import static dev.fanfare.server.NodePair.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.harness.FaultProxy;
import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One node loses its connections to Redis, while the other goes on. */
@Timeout(60)
class CutOffNodeTest {
    private static final Duration SECONDS = Duration.ofSeconds(10);

    private static RedisProcess redis;
    private static FaultProxy proxy;
    private static RunningServer near;
    private static RunningServer far;

    @BeforeAll
    static void start() throws IOException {
        redis = RedisProcess.start(Version.REDIS_7);
        proxy = FaultProxy.to(redis.port());
        near = NodePair.node(redis.url(), "");
        far = NodePair.node("redis://127.0.0.1:" + proxy.port(), "");
    }

    @AfterAll
    static void stop() throws IOException {
        far.close();
        near.close();
        proxy.close();
        redis.close();
    }

    @AfterEach
    void resume() {
        proxy.resume();
    }

    @Test
    void deliversWhatWasMissedAndGoesOn() {
        try (var plain = listen("news:1");
                var compatible = compatible("news:1")) {
            publish(near, "news:1", 1);
            assertThat(plain.json().at("/payload/n").asInt()).isEqualTo(1);
            assertThat(compatible.json().at("/push/pub/data/n").asInt()).isEqualTo(1);
            proxy.refuse();
            proxy.cut();
            awaitReadiness(503);
            for (int n = 2; n <= 4; n++) {
                publish(near, "news:1", n);
            }
            proxy.resume();
            awaitReadiness(200);
            publish(far, "news:1", 5);
            for (int n = 2; n <= 5; n++) {
                assertThat(plain.json().at("/payload/n").asInt()).isEqualTo(n);
                assertThat(compatible.json().at("/push/pub/data/n").asInt()).isEqualTo(n);
            }
        }
    }

    @Test
    void tellsOfAGapWhereNothingIsKept() {
        try (var plain = listen("now:1")) {
            publish(near, "now:1", 1);
            assertThat(plain.json().at("/payload/n").asInt()).isEqualTo(1);
            proxy.cut();
            var gap = plain.json();
            assertThat(gap.get("type").asText()).as(gap.toString()).isEqualTo("gap");
            publish(near, "now:1", 2);
            assertThat(plain.json().at("/payload/n").asInt()).isEqualTo(2);
        }
    }

    private static TestSocket listen(String channel) {
        return far.socket("/ws?envelope=true&channels=" + channel + "&token=" + far.token("42"));
    }

    private static TestSocket compatible(String channel) {
        var socket = far.socket("/connection/websocket");
        socket.ask(EmulatedClient.connect(far.token("42")));
        socket.ask(
                "{\"id\":2,\"subscribe\":{\"channel\":\""
                        + channel
                        + "\",\"positioned\":true,\"recoverable\":true}}");
        return socket;
    }

    private static void awaitReadiness(int status) {
        await().atMost(SECONDS)
                .untilAsserted(
                        () -> assertThat(far.get("/health/ready").status()).isEqualTo(status));
    }
}
