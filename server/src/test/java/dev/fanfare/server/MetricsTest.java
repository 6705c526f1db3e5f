package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus sees. */
class MetricsTest {
    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fanfare_connections",
                "fanfare_connections_opened_total",
                "fanfare_subscriptions",
                "fanfare_publications_total",
                "fanfare_deliveries_total",
                "fanfare_sent_bytes_total",
                "fanfare_slow_clients_total",
                "fanfare_delivery_latency_seconds_count",
                "fanfare_loop_delay_seconds_count"
            })
    void areThereFromTheStart(String name) {
        var answer = server.get("/metrics");
        assertThat(answer.header("content-type")).startsWith("text/plain");
        assertThat(answer.body()).containsPattern("(?m)^" + name + " ");
    }

    @Test
    void countConnectionsAndSubscriptions() {
        try (var socket = server.subscriber("post:1,post:2");
                var events = server.lines("/sse?channels=post:1&token=" + server.token("1"))) {
            socket.ask("{\"type\":\"subscribe\",\"channel\":\"comment:1\"}");
            assertThat(events.block().retry()).isNotEmpty();
            assertThat(server.metric("fanfare_connections")).isEqualTo(2);
            assertThat(server.metric("fanfare_subscriptions")).isEqualTo(4);
            socket.ask("{\"type\":\"unsubscribe\",\"channel\":\"post:2\"}");
            assertThat(server.metric("fanfare_subscriptions")).isEqualTo(3);
        }
        await().untilAsserted(() -> assertThat(server.metric("fanfare_connections")).isZero());
        assertThat(server.metric("fanfare_subscriptions")).isZero();
        assertThat(server.metric("fanfare_connections_opened_total")).isEqualTo(2);
    }

    @Test
    void countPublicationsDeliveriesAndBytes() {
        try (var one = server.subscriber("post:1");
                var two = server.subscriber("post:1")) {
            for (int i = 0; i < 3; i++) {
                server.publish("{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}}");
                one.text();
                two.text();
            }
        }
        assertThat(server.metric("fanfare_publications_total")).isEqualTo(3);
        await().untilAsserted(
                        () -> {
                            assertThat(server.metric("fanfare_deliveries_total")).isEqualTo(6);
                            assertThat(server.metric("fanfare_delivery_latency_seconds_count"))
                                    .isGreaterThanOrEqualTo(3);
                        });
        assertThat(server.metric("fanfare_sent_bytes_total"))
                .isGreaterThanOrEqualTo(6 * "{\"type\":\"gift.received\"}".length());
        assertThat(server.get("/metrics").body())
                .contains("fanfare_delivery_latency_seconds_bucket{le=\"0.001\"}");
    }

    @Test
    void countRefusalsByReason() {
        server.publish("{\"channel\":\"post:0\",\"payload\":{\"type\":\"gift.received\"}}");
        server.publish("{");
        server.request("POST", "/internal/publish", "Content-Length: 0");
        server.refusal("/ws?channels=post:1");
        server.refusal("/ws?channels=post:0&token=" + server.token("1"));
        try (var socket = server.subscriber("post:1")) {
            socket.ask("nonsense");
        }
        assertRefused("publish", "unknown_channel");
        assertRefused("publish", "bad_request");
        assertRefused("publish", "unauthorized");
        assertRefused("connect", "unauthorized");
        assertRefused("connect", "channels_refused");
        assertRefused("command", "bad_request");
    }

    @Test
    void countDisconnectsByCode() {
        try (var socket = server.socket("/ws?channels=post:1&token=" + server.token("1"))) {
            for (int i = 0; i < 102; i++) {
                socket.send("{\"type\":\"ping\"}");
            }
            assertThat(socket.ending().code()).isEqualTo(3013);
        }
        assertThat(server.metric("fanfare_disconnects_total{code=\"3013\"}")).isEqualTo(1);
    }

    @Test
    void measureTheLoops() {
        await().untilAsserted(
                        () ->
                                assertThat(server.metric("fanfare_loop_delay_seconds_count"))
                                        .isPositive());
    }

    @Test
    void canBeSwitchedOff() {
        try (var without = RunningServer.start("metrics.enabled: false\n")) {
            assertThat(without.get("/metrics").problem()).isEqualTo("404 not_found path /metrics");
        }
    }

    private void assertRefused(String where, String reason) {
        var sample = "fanfare_refusals_total{reason=\"" + reason + "\",where=\"" + where + "\"}";
        assertThat(server.metric(sample)).as(sample).isEqualTo(1);
    }
}
