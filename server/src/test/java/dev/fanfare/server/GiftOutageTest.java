package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gifts on nodes whose Redis goes away: none is lost, none comes twice, nobody restarts. */
@Timeout(60)
class GiftOutageTest {
    private static final String GIFT =
            "{\"target\":{\"type\":\"post\",\"id\":456},"
                    + "\"gift_type\":\"test_heart_1usd\",\"quantity\":1}";

    @Test
    void theOutboxKeepsWhatRedisCannotTake() throws IOException {
        try (var redis = RedisProcess.start(Version.REDIS_7);
                var node = RunningServer.start(settings(redis));
                var socket = node.subscriber("post:456")) {
            give(node);
            assertThat(socket.json().get("id").asInt()).isEqualTo(1);
            redis.kill();
            for (int i = 0; i < 3; i++) {
                give(node);
            }
            assertThat(node.get("/health/ready").status()).isEqualTo(503);
            redis.start();
            await().until(() -> node.get("/health/ready").status() == 200);
            give(node);
            await().until(() -> node.metric("fanfare_outbox_waiting") == 0);
            assertThat(history(node)).containsExactly(2, 3, 4, 5);
        }
    }

    private static String settings(RedisProcess redis) {
        return "applications.enabled: true\napplications.outbox: true\nengine: redis\n"
                + ("redis.timeout: 1s\nredis.address: " + redis.url() + "\n");
    }

    private static void give(RunningServer node) {
        var bearer = "Authorization: Bearer " + node.token("42");
        var answer = node.post("/api/gifts", GIFT, bearer);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }

    private static List<Integer> history(RunningServer node) {
        var body = "{\"channel\":\"post:456\",\"limit\":100}";
        var answer = node.post("/api/history", body, "X-API-Key: dev-api-key");
        var numbers = new ArrayList<Integer>();
        for (var publication : answer.json().get("result").get("publications")) {
            numbers.add(publication.get("data").get("id").asInt());
        }
        return numbers;
    }
}
