package dev.fanfare.server;

import static dev.fanfare.server.NodePair.post;
import static dev.fanfare.server.NodePair.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients and backends notice while Redis is gone, and afterwards. */
@Timeout(60)
class RedisOutageTest {
    private static final String BODY = "{\"channel\":\"news:1\",\"payload\":{\"n\":0}}";
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration SECONDS = Duration.ofSeconds(10);

    private RedisProcess redis;
    private NodePair nodes;

    @BeforeEach
    void start() throws IOException {
        redis =
                RedisProcess.start(
                        Version.REDIS_7, "--appendonly", "yes", "--appendfsync", "always");
        nodes = NodePair.on(redis, "redis.timeout: 1s\n");
    }

    @AfterEach
    void stop() {
        nodes.close();
        redis.close();
    }

    @Test
    void aPublishIsRefusedAtOnceAndConnectionsStay() {
        try (var plain = nodes.two().subscriber("news:1");
                var compatible = compatible("news:1")) {
            redis.kill();
            awaitUnready();

            long began = System.nanoTime();
            assertThat(nodes.one().publish(BODY).problem()).startsWith("503 unavailable broker");
            var error = post(nodes.one(), "publish", "{\"channel\":\"news:1\",\"data\":{}}").json();
            assertThat(error.at("/error/code").asInt()).isEqualTo(100);
            var refused =
                    compatible.ask(
                            "{\"id\":3,\"publish\":{\"channel\":\"news:1\",\"data\":{\"n\":0}}}");
            assertThat(refused.at("/error/code").asInt()).isEqualTo(100);
            assertThat(refused.at("/error/temporary").asBoolean()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);

            assertThat(plain.ask("{\"type\":\"ping\"}").get("type").asText()).isEqualTo("pong");
        }
    }

    @Test
    void readinessSaysWhyAndTheProcessIsAlive() throws IOException {
        redis.kill();

        awaitUnready();
        assertThat(nodes.one().get("/health/ready").problem())
                .startsWith("503 unavailable server")
                .contains("redis", "127.0.0.1:" + redis.port());
        assertThat(nodes.one().get("/health/live").status()).isEqualTo(200);

        redis.start();
        awaitReady();
    }

    @Test
    void metricsTellOfTheLossAndTheReturn() throws IOException {
        var server = "{server=\"redis 127.0.0.1:" + redis.port() + "\"}";
        assertThat(nodes.one().metric("fanfare_redis_connected" + server)).isEqualTo(1);
        publish(nodes.one(), "news:1", 1);
        assertThat(nodes.one().metric("fanfare_redis_latency_seconds_count" + server)).isPositive();

        redis.freeze();
        nodes.one().publish(BODY);
        redis.kill();
        awaitUnready();
        assertThat(nodes.one().metric("fanfare_redis_connected" + server)).isZero();
        assertThat(nodes.one().get("/metrics").body())
                .containsPattern("fanfare_redis_timeouts_total\\{operation=\"publish\\w*\",");

        redis.start();
        awaitReady();
        assertThat(nodes.one().metric("fanfare_redis_connected" + server)).isEqualTo(1);
        assertThat(nodes.one().metric("fanfare_redis_reconnects_total" + server)).isEqualTo(1);
    }

    @Test
    void everythingFlowsAgainWhenRedisIsBackWithItsData() throws IOException {
        try (var one = subscriber(nodes.one());
                var two = subscriber(nodes.two())) {
            var epoch = publish(nodes.one(), "news:1", 1).get("epoch").asText();
            assertPublication(one.json(), 1);
            assertPublication(two.json(), 1);
            redis.kill();
            awaitUnready();
            redis.start();
            awaitPublished(nodes.one());

            // Another run of Redis may lack writes: that is told, and what comes then is heard.
            for (var socket : new TestSocket[] {one, two}) {
                var gap = socket.json();
                assertThat(gap.path("type").asText()).as(gap.toString()).isEqualTo("gap");
                assertThat(gap.path("epoch").asText()).isNotEqualTo(epoch);
            }
            awaitReady();
            publish(nodes.two(), "news:1", 2);
            assertHeard(one, 2);
            assertHeard(two, 2);
        }
    }

    @Test
    void everythingFlowsAgainWhenRedisIsBackWithoutItsData() throws IOException {
        try (var one = subscriber(nodes.one());
                var two = subscriber(nodes.two())) {
            publish(nodes.one(), "news:1", 1);
            assertPublication(one.json(), 1);
            assertPublication(two.json(), 1);
            redis.restartEmpty();
            awaitPublished(nodes.one());
            awaitReady();
            publish(nodes.two(), "news:1", 2);
            assertHeard(one, 2);
            assertHeard(two, 2);
        }
    }

    @Test
    void whoIsNewComesInWhenRedisIsBack() throws IOException {
        redis.kill();
        awaitUnready();
        var target = "/ws?channels=news:1&token=" + nodes.one().token("42");
        assertThat(nodes.one().refusal(target).status()).isEqualTo(503);

        redis.start();
        awaitReady();
        try (var socket = nodes.one().subscriber("news:1")) {
            publish(nodes.two(), "news:1", 1);
            assertThat(socket.json().get("n").asInt()).isEqualTo(1);
        }
    }

    @Test
    void aFrozenRedisHoldsNobodyUp() throws IOException {
        try (var socket = nodes.one().subscriber("news:1")) {
            redis.freeze();
            try {
                for (int i = 0; i < 2; i++) {
                    long began = System.nanoTime();
                    assertThat(nodes.one().publish(BODY).problem()).startsWith("503 unavailable");
                    assertThat(Duration.ofNanos(System.nanoTime() - began))
                            .isLessThan(Duration.ofSeconds(3));
                }
                long began = System.nanoTime();
                for (int i = 0; i < 20; i++) {
                    socket.ask("{\"type\":\"ping\"}");
                }
                assertThat(nodes.one().get("/health/live").status()).isEqualTo(200);
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);
                awaitUnready();
            } finally {
                redis.thaw();
            }
            awaitReady();
            awaitPublished(nodes.two());
            assertHeard(socket, 100);
        }
    }

    private TestSocket subscriber(RunningServer node) {
        return node.socket("/ws?channels=news:1&envelope=true&token=" + node.token("42"));
    }

    private TestSocket compatible(String channel) {
        var socket = nodes.one().socket("/connection/websocket");
        socket.ask(EmulatedClient.connect(nodes.one().token("42")));
        socket.ask("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}");
        return socket;
    }

    /** Passes over what else comes. */
    private static void assertHeard(TestSocket socket, int number) {
        JsonNode heard;
        do {
            heard = socket.json();
        } while (heard.path("n").asInt() != number
                && heard.path("payload").path("n").asInt() != number);
    }

    private static void assertPublication(JsonNode envelope, int number) {
        assertThat(envelope.at("/payload/n").asInt()).as(envelope.toString()).isEqualTo(number);
    }

    /** Until one is taken; its number is 100. */
    private static void awaitPublished(RunningServer node) {
        var body = "{\"channel\":\"news:1\",\"payload\":{\"n\":100}}";
        await().atMost(SECONDS)
                .untilAsserted(() -> assertThat(node.publish(body).status()).isEqualTo(200));
    }

    private void awaitUnready() {
        awaitReadiness(503);
    }

    private void awaitReady() {
        awaitReadiness(200);
    }

    private void awaitReadiness(int status) {
        await().atMost(SECONDS)
                .untilAsserted(
                        () -> {
                            assertThat(nodes.one().get("/health/ready").status()).isEqualTo(status);
                            assertThat(nodes.two().get("/health/ready").status()).isEqualTo(status);
                        });
    }
}
