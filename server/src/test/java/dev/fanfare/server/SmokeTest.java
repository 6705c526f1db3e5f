package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.server.cli.Console;
import dev.fanfare.server.cli.FanfareCommand;
import dev.fanfare.server.config.ConfigSources;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code fanfare smoke} against the real server. */
@Timeout(30)
class SmokeTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theHubAnswersOutOfTheBox() {
        try (var server = RunningServer.start()) {
            assertThat(smoke(server, "--dev", "--user", "42")).isZero();
            assertThat(out.toString())
                    .matches("/api/realtime/sync answered sync_connected in \\d+ ms\\R");
        }
    }

    @Test
    void whoSaysNothingTriesTheDevelopmentServer() {
        try (var server = RunningServer.start()) {
            assertThat(smoke(server)).as(err.toString()).isZero();
        }
    }

    @Test
    void theOldEndpointAnswersWhereThereIsNoHub() {
        try (var server =
                RunningServer.start(
                        "endpoints: [{ path: /api/games/ws, transport: websocket,"
                                + " channels: ['games:{user}'], greeting: ws-ack }]\n")) {
            assertThat(smoke(server, "--dev", "--user", "42")).isZero();
            assertThat(out.toString()).matches("/api/games/ws answered ws_ack in \\d+ ms\\R");
            assertThat(err.toString()).startsWith("/api/realtime/sync: 404");
        }
    }

    @Test
    void aTokenThatIsNoneIsRefused() {
        try (var server = RunningServer.start()) {
            assertThat(smoke(server, "--token", "nonsense")).isEqualTo(1);
            assertThat(err.toString()).contains("/api/realtime/sync: 401", "/api/games/ws: 401");
        }
    }

    private int smoke(RunningServer server, String... who) {
        var arguments = new String[3 + who.length];
        arguments[0] = "smoke";
        arguments[1] = "--url";
        arguments[2] = "http://127.0.0.1:" + server.port();
        System.arraycopy(who, 0, arguments, 3, who.length);
        return FanfareCommand.run(
                new Console(
                        InputStream.nullInputStream(),
                        new PrintWriter(out, true),
                        new PrintWriter(err, true)),
                new ConfigSources(Map.of(), Map.of(), Map.of(), Path.of("no-such-directory"), null),
                _ -> {
                    throw new IOException("no server of its own");
                },
                arguments);
    }
}
