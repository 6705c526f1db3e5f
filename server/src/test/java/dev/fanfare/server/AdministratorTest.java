package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An administrator is made by a process of its own, beside the running server. */
@Timeout(60)
class AdministratorTest {
    private static final String PASSWORD = "correct horse";

    @TempDir private Path directory;

    @Test
    void whoIsMadeFromTheCommandLineLogsInAndMayWhatAdministratorsMay() throws Exception {
        var data = directory.resolve("data");
        var settings = "applications.enabled: true\ndatabase.directory: " + data + "\n";
        try (var server = RunningServer.start(settings)) {
            assertThat(server.get("/api/gift-types").status()).isEqualTo(200);

            assertThat(createAdministrator(data)).isEqualTo("user 1001: ada, administrator\n");

            var token = logIn(server).json().get("access_token").asText();
            var deposit =
                    server.post(
                            "/api/wallet/deposits",
                            "{\"user_id\":1001,\"amount_cents\":500}",
                            "Authorization: Bearer " + token);
            assertThat(deposit.status()).as(deposit.body()).isEqualTo(200);
            try (var monitor = server.socket("/api/games/ws/monitor?token=" + token)) {
                assertThat(monitor.json().get("type").asText()).isEqualTo("monitor_snapshot");
            }
        }
    }

    private static String createAdministrator(Path data) throws IOException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                TerminationTest.classPath(),
                                "-XX:TieredStopAtLevel=1",
                                "-Dfanfare.accounts.bcrypt-cost=4",
                                "dev.fanfare.server.Main",
                                "user",
                                "create",
                                "ada",
                                "--admin",
                                "--data",
                                data.toString())
                        .directory(data.toFile())
                        .redirectErrorStream(true)
                        .start();
        try (var password = process.outputWriter(UTF_8)) {
            password.write(PASSWORD + "\n");
        }
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    private static HttpAnswer logIn(RunningServer server) {
        return server.post("/api/auth/login", AccountTest.credentials("Ada", PASSWORD));
    }
}
