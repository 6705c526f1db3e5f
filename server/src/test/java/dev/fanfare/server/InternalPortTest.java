package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a port of their own, the internal routes are there and nowhere else. */
class InternalPortTest {
    private static final String GIFT =
            "{\"channel\":\"post:1\",\"payload\":{\"type\":\"gift.received\"}}";

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start("internal-port: 0\n");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/publish",
                "/internal",
                "/internal/x",
                "/metrics",
                "/health/live",
                "/health/ready",
            })
    void thePublicPortDoesNotKnowInternalRoutes(String path) {
        for (var method : new String[] {"GET", "POST", "PUT", "OPTIONS"}) {
            var answer =
                    server.request(
                            method,
                            path,
                            "Authorization: Bearer dev-publish-token",
                            "Content-Length: 0");
            assertThat(answer.problem()).isEqualTo("404 not_found path " + path);
        }
    }

    @Test
    void theInternalPortServesThem() {
        assertThat(internal("/metrics").body()).contains("fanfare_connections");
        assertThat(internal("/health/live").status()).isEqualTo(200);
        assertThat(internal("/health/ready").status()).isEqualTo(200);
    }

    @Test
    void publishedThereHeardHere() {
        try (var socket = server.subscriber("post:1");
                var wire = RunningServer.connect(server.internalPort())) {
            assertThat(RunningServer.publish(wire, GIFT).status()).isEqualTo(200);
            assertThat(socket.text()).isEqualTo("{\"type\":\"gift.received\"}");
        }
    }

    @Test
    void theInternalPortStillAsksForTheToken() {
        try (var wire = RunningServer.connect(server.internalPort())) {
            wire.request(
                    "POST",
                    "/internal/publish",
                    GIFT.getBytes(UTF_8),
                    "Content-Type: application/json");
            assertThat(wire.answer().status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws", "/sse", "/stream", "/"})
    void clientsConnectOnThePublicPortAlone(String path) {
        assertThat(internal(path + "?token=" + server.token("1")).problem())
                .isEqualTo("404 not_found path " + path);
    }

    private static HttpAnswer internal(String path) {
        return RunningServer.request(server.internalPort(), "GET", path);
    }
}
