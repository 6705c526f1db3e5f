package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanfare.harness.PostgresProcess;
import dev.fanfare.harness.RedisProcess;
import java.io.IOException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server listens before its database is there. */
@Timeout(60)
class LateDatabaseTest {
    private static final String SECRET = "a-password-of-tests";

    @Test
    void requestsWaitUntilItIsThere() throws Exception {
        var hindrance = PostgresProcess.hindrance();
        assumeTrue(hindrance.isEmpty(), () -> hindrance.orElse(""));
        int port = RedisProcess.freePort();
        var credentials = PostgresProcess.USER + ":" + PostgresProcess.PASSWORD;
        var url = "postgresql://" + credentials + "@127.0.0.1:" + port + "/postgres";
        try (var server = start(url, "30s");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> wallet(server));
            await().until(() -> readiness(server).body().contains("database: "));
            assertThat(readiness(server).status()).isEqualTo(503);
            assertThat(waiting).isNotDone();
            try (var socket = server.subscriber("post:456")) {
                server.publish(
                        "{\"channel\":\"post:456\",\"payload\":{\"type\":\"gift.received\"}}");
                assertThat(socket.text()).contains("gift.received");
            }
            try (var late = PostgresProcess.startOn(port)) {
                assertThat(waiting.get().status()).as("with %s", late).isEqualTo(200);
                assertThat(readiness(server).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void requestsWaitOnlySoLong() throws IOException {
        var nowhere =
                "postgresql://fanfare:" + SECRET + "@127.0.0.1:" + RedisProcess.freePort() + "/f";
        try (var server = start(nowhere, "250ms")) {
            assertThat(wallet(server).problem()).isEqualTo("503 unavailable database no answer");
            await().until(() -> readiness(server).body().contains("database: Connection refused"));
            assertThat(readiness(server).body()).doesNotContain(SECRET);
        }
    }

    private static RunningServer start(String url, String patience) {
        return RunningServer.start(
                "applications.enabled: true\n"
                        + ("database.url: " + url + "\n")
                        + ("database.wait: " + patience + "\n"));
    }

    private static HttpAnswer wallet(RunningServer server) {
        return server.get("/api/wallet", "Authorization: Bearer " + server.token("1001"));
    }

    private static HttpAnswer readiness(RunningServer server) {
        return server.get("/health/ready");
    }
}
