package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What load balancers ask. */
class HealthTest {
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void saysThatItLivesAndIsReady() {
        assertThat(server.get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
        assertThat(server.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
        assertThat(server.get("/health").body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready", "/metrics", "/"})
    void answersHeadAsGetWithoutTheBody(String path) {
        try (var wire = server.connect()) {
            wire.request("HEAD", path);
            wire.request("GET", path);
            var head = wire.answerWithoutBody();
            assertThat(head.status()).isEqualTo(200);
            var get = wire.answer();
            assertThat(get.status()).isEqualTo(200);
            assertThat(head.headers().get("content-type")).isEqualTo(get.header("content-type"));
        }
    }
}
