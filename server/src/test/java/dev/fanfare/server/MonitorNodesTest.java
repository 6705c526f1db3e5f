package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.harness.FaultProxy;
import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Monitors see the users of all nodes that share a Redis. */
@Timeout(60)
class MonitorNodesTest {
    private static final String MONITOR = "/api/games/ws/monitor";
    private static final String SYNC = "/api/realtime/sync";
    private static final String LEGACY = "/api/games/ws";

    private static RedisProcess redis;
    private static FaultProxy proxy;
    private static RunningServer near;
    private static RunningServer far;

    @BeforeAll
    static void start() throws IOException {
        redis = RedisProcess.start(Version.REDIS_7);
        proxy = FaultProxy.to(redis.port());
        near = node(redis.port());
        far = node(proxy.port());
    }

    private static RunningServer node(int redisPort) {
        return RunningServer.start(
                "engine: redis\nredis.timeout: 1s\nredis.address: redis://127.0.0.1:" + redisPort);
    }

    @AfterAll
    static void stop() throws IOException {
        far.close();
        near.close();
        proxy.close();
        redis.close();
    }

    @AfterEach
    void everybodyGoes() {
        proxy.resume();
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(snapshot(near).get("connected_users")).isEmpty());
    }

    @Test
    void aUserOnTwoNodesCountsOnce() {
        var here = greeted(near, SYNC, "42");
        try (var _ = greeted(far, LEGACY, "43");
                var one = monitor(near);
                var two = monitor(far)) {
            for (var monitor : List.of(one, two)) {
                assertThat(monitor.json().get("connected_users").toString()).isEqualTo("[42,43]");
            }
            var there = greeted(far, SYNC, "42");
            here.close();
            publish(near, 1);
            publish(far, 2);
            for (var monitor : List.of(one, two)) {
                assertThat(monitor.json().get("n").asInt()).isEqualTo(1);
                assertThat(monitor.json().get("n").asInt()).isEqualTo(2);
            }
            there.close();
            for (var monitor : List.of(one, two)) {
                assertChange(monitor.json(), "user_left", 42);
            }
            greeted(near, LEGACY, "44").close();
            for (var monitor : List.of(one, two)) {
                assertChange(monitor.json(), "user_joined", 44);
                assertChange(monitor.json(), "user_left", 44);
            }
        }
    }

    @Test
    void theRingIsTheSameOnBoth() {
        publish(near, 7);
        publish(far, 8);
        var recent = snapshot(near).get("recent_events");
        assertThat(recent.get(recent.size() - 1).get("n").asInt()).isEqualTo(8);
        assertThat(snapshot(far).get("recent_events")).isEqualTo(recent);
    }

    @Test
    void whoMayHaveMissedSomebodyIsSentBackForANewSnapshot() {
        var gone = greeted(near, SYNC, "50");
        try (var _ = greeted(far, SYNC, "51");
                var monitor = monitor(far)) {
            assertThat(monitor.json().get("connected_users").toString()).isEqualTo("[50,51]");
            proxy.refuse();
            proxy.cut();
            gone.close();
            try (var _ = greeted(near, SYNC, "52")) {
                proxy.resume();
                assertThat(monitor.ending())
                        .isEqualTo(new TestSocket.Ending(3010, "insufficient state"));
                await().ignoreExceptions()
                        .untilAsserted(
                                () ->
                                        assertThat(snapshot(far).get("connected_users").toString())
                                                .isEqualTo("[51,52]"));
            }
        }
    }

    @Test
    void whoComesBackHearsOfEverybodyWhomRedisHasLost() throws IOException {
        try (var _ = greeted(near, SYNC, "70");
                var _ = greeted(far, SYNC, "71")) {
            redis.restartEmpty();
            try (var monitor = monitorOnceItCan(near)) {
                var users = new TreeSet<Integer>();
                monitor.json().get("connected_users").forEach(user -> users.add(user.asInt()));
                while (users.size() < 2) {
                    var message = monitor.json();
                    assertThat(message.get("type").asText()).isEqualTo("user_joined");
                    users.add(message.get("user_id").asInt());
                }
                assertThat(users).containsExactly(70, 71);
            }
        }
    }

    @Test
    void nobodyIsLetInWhileRedisCannotBeReached() {
        proxy.refuse();
        proxy.cut();
        await().untilAsserted(() -> assertThat(far.get("/health/ready").status()).isEqualTo(503));
        assertThat(far.refusal(MONITOR + "?token=" + admin(far)).status()).isEqualTo(503);
        assertThat(far.refusal(SYNC + "?token=" + far.token("60")).status()).isEqualTo(503);
        proxy.resume();
        await().untilAsserted(() -> assertThat(far.get("/health/ready").status()).isEqualTo(200));
    }

    private static void assertChange(JsonNode message, String type, int user) {
        assertThat(message.get("type").asText()).isEqualTo(type);
        assertThat(message.get("user_id").asInt()).isEqualTo(user);
    }

    private static String admin(RunningServer node) {
        return node.token("1", Map.of("role", "admin"));
    }

    private static TestSocket monitor(RunningServer node) {
        return node.socket(MONITOR + "?token=" + admin(node));
    }

    private static TestSocket monitorOnceItCan(RunningServer node) {
        return await().pollInterval(Duration.ofMillis(20))
                .ignoreExceptions()
                .until(() -> monitor(node), Objects::nonNull);
    }

    private static JsonNode snapshot(RunningServer node) {
        try (var monitor = monitor(node)) {
            return monitor.json();
        }
    }

    private static TestSocket greeted(RunningServer node, String path, String user) {
        var socket = node.socket(path + "?token=" + node.token(user));
        socket.json();
        return socket;
    }

    private static void publish(RunningServer node, int number) {
        var payload = "{\"type\":\"game_event\",\"n\":" + number + "}";
        var body = "{\"channel\":\"games:events\",\"payload\":" + payload + "}";
        assertThat(node.publish(body).status()).isEqualTo(200);
    }
}
