package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gifts on nodes whose Redis goes away: none is lost, none is seen twice, nobody restarts. */
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
            assertThat(number(socket)).isEqualTo(1);
            redis.kill();
            for (int i = 0; i < 3; i++) {
                give(node);
            }
            assertThat(node.get("/health/ready").status()).isEqualTo(503);
            redis.start();
            await().until(() -> node.get("/health/ready").status() == 200);
            give(node);
            for (int expected = 2; expected <= 5; expected++) {
                assertThat(number(socket)).isEqualTo(expected);
            }
            await().until(() -> node.metric("fanfare_outbox_waiting") == 0);
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

    /** Of the reaction that the next event tells of. A Redis that starts empty is told as a gap. */
    private static int number(TestSocket socket) {
        var message = socket.json();
        while (message.get("type").asText().equals("gap")) {
            message = socket.json();
        }
        return message.get("id").asInt();
    }
}
