package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.harness.FaultProxy;
import dev.fanfare.harness.RedisProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gifts while the server cannot be reached that should tell of them. */
@Timeout(60)
class UntoldGiftTest {
    private static final String NOT_NOW =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
    private static final String HEART =
            "{\"target\":{\"type\":\"post\",\"id\":456},\"gift_type\":\"test_heart_1usd\","
                    + "\"quantity\":1}";

    @Test
    void aServerThatIsDownFailsNoGift() throws IOException {
        try (var server = publishingTo(RedisProcess.freePort(), "")) {
            assertGiven(server);
            awaitMetric(server, "fanfare_publisher_failures_total{reason=\"unreachable\"}");
        }
    }

    @Test
    void neitherDoesARedisThatIsDownToo() throws IOException {
        var redis = "pubsub.redis-url: redis://127.0.0.1:" + RedisProcess.freePort() + "\n";
        try (var server = publishingTo(RedisProcess.freePort(), redis)) {
            assertGiven(server);
            awaitMetric(server, "fanfare_publisher_failures_total{reason=\"unreachable\"}");
        }
    }

    @Test
    void aServerThatSaysNothingKeepsNobodyWaiting() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var server = publishingTo(silent.getLocalPort(), "")) {
            var gift = assertGiven(server);
            // so far nobody has taken the connection, let alone answered
            try (var taken = silent.accept()) {
                var sent = new StringBuilder();
                while (sent.indexOf(gift) < 0) {
                    int octet = taken.getInputStream().read();
                    assertThat(octet).isNotNegative();
                    sent.append((char) octet);
                }
                assertThat(sent.toString()).startsWith("POST /internal/publish HTTP/1.1\r\n");
                taken.getOutputStream().write(NOT_NOW.getBytes(ISO_8859_1));
            }
        }
    }

    @Test
    void theOutboxTellsWhenTheServerIsBack() throws IOException {
        try (var other = RunningServer.start();
                var network = FaultProxy.to(other.port());
                var server = publishingTo(network.port(), "applications.outbox: true\n");
                var socket = other.subscriber("post:456")) {
            network.refuse();
            var gift = assertGiven(server);
            awaitMetric(server, "fanfare_outbox_retries_total{reason=\"unreachable\"}");
            network.resume();
            assertThat(socket.text()).isEqualTo(gift);
        }
    }

    private static RunningServer publishingTo(int port, String yaml) {
        return RunningServer.start(
                "applications.enabled: true\n"
                        + ("applications.publish-url: http://127.0.0.1:" + port + "\n")
                        + yaml);
    }

    /**
     * @return the gift, as it is told
     */
    private static String assertGiven(RunningServer server) {
        var bearer = "Authorization: Bearer " + server.token("1001");
        var answer = server.post("/api/gifts", HEART, bearer);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(server.get("/api/wallet", bearer).json().get("balance_cents").longValue())
                .isEqualTo(9_900);
        return answer.json().get("gift").toString();
    }

    private static void awaitMetric(RunningServer server, String sample) {
        await().untilAsserted(() -> assertThat(server.metric(sample)).isPositive());
    }
}
