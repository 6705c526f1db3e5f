package dev.fanfare.server.websocket;

import dev.fanfare.server.NodeProject;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compression (RFC 7692) with another implementation: the package {@code ws} of Node.js. */
class NodeWebSocketTest {
    private static final Path SOURCE =
            Path.of("src/test/resources/dev/fanfare/server/websocket/ws");
    private static final Path DIRECTORY = Path.of("target/ws");

    @Test
    @Timeout(180)
    void understandsEachOther() throws Exception {
        var project =
                NodeProject.install(
                        SOURCE, DIRECTORY, "package.json", "package-lock.json", "echo.js");

        try (var server = TestServer.echo(1_000_000)) {
            project.run("node", "echo.js", "ws://127.0.0.1:" + server.port());
        }
    }
}
