package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gifts of applications whose realtime server is another, which is there or not. */
@Timeout(60)
class GiftElsewhereTest {
    private static final String GIFT =
            "{\"target\":{\"type\":\"post\",\"id\":456},"
                    + "\"gift_type\":\"test_heart_1usd\",\"quantity\":1}";

    private static final String RETRIES = "fanfare_outbox_retries_total{reason=\"unreachable\"}";

    @Test
    void theyAreSeenThere() {
        try (var realtime = RunningServer.start();
                var backend = backend(realtime.port(), "");
                var socket = realtime.subscriber("post:456")) {
            assertThat(give(backend, "42").status()).isEqualTo(201);
            assertThat(socket.json().get("sender").get("id").asInt()).isEqualTo(42);
            await().until(() -> backend.metric(delivered("http")) == 1);
        }
    }

    @Test
    void theyAreSeenThroughRedisWhereThatServerIsDown() throws IOException {
        try (var redis = RedisProcess.start(Version.REDIS_7);
                var listening = RunningServer.start(pubSub(redis));
                var backend = backend(RedisProcess.freePort(), pubSub(redis));
                var socket = listening.subscriber("post:456")) {
            await().until(() -> listening.metric("fanfare_pubsub_connected") == 1);
            assertThat(give(backend, "42").status()).isEqualTo(201);
            assertThat(socket.json().get("sender").get("id").asInt()).isEqualTo(42);
            await().until(() -> backend.metric(delivered("redis")) == 1);
            redis.kill();
            assertThat(give(backend, "43").status()).isEqualTo(201);
            redis.start();
            await().until(() -> listening.metric("fanfare_pubsub_connected") == 1);
            assertThat(give(backend, "44").status()).isEqualTo(201);
            assertThat(socket.json().get("sender").get("id").asInt()).isEqualTo(44);
        }
    }

    /** Whoever hears it on Redis is not the server that has taken it. */
    @Test
    void theOutboxWaitsForTheServerThoughThereIsARedis() throws IOException {
        int port = RedisProcess.freePort();
        try (var redis = RedisProcess.start(Version.REDIS_7);
                var listening = RunningServer.start(pubSub(redis));
                var backend = backend(port, "applications.outbox: true\n" + pubSub(redis))) {
            await().until(() -> listening.metric("fanfare_pubsub_connected") == 1);
            assertThat(give(backend, "42").status()).isEqualTo(201);
            await().until(() -> backend.metric(RETRIES) > 0);
            try (var realtime = serverOn(port)) {
                await().until(() -> realtime.metric("fanfare_publications_total") == 1);
                await().until(() -> backend.metric("fanfare_outbox_waiting") == 0);
            }
        }
    }

    private static RunningServer serverOn(int port) {
        return RunningServer.start(
                InstantSource.system(), "", Map.of("dev", "true", "port", String.valueOf(port)));
    }

    private static RunningServer backend(int publishPort, String settings) {
        return RunningServer.start(
                "applications.enabled: true\napplications.publish-url: http://127.0.0.1:"
                        + publishPort
                        + "\n"
                        + settings);
    }

    private static String pubSub(RedisProcess redis) {
        return "pubsub.redis-url: " + redis.url() + "\n";
    }

    private static String delivered(String way) {
        return "fanfare_publisher_delivered_seconds_count{way=\"" + way + "\"}";
    }

    private static HttpAnswer give(RunningServer backend, String sender) {
        return backend.post("/api/gifts", GIFT, bearer(backend, sender));
    }

    private static String bearer(RunningServer backend, String user) {
        return "Authorization: Bearer " + backend.token(user);
    }
}
