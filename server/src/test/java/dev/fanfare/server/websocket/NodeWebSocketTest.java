package dev.fanfare.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Compression (RFC 7692) with another implementation: the package {@code ws} of Node.js. */
class NodeWebSocketTest {
    private static final Path SOURCE =
            Path.of("src/test/resources/dev/fanfare/server/websocket/ws");
    private static final Path DIRECTORY = Path.of("target/ws");
    private static final Path LOG = Path.of("target/ws.log");

    @Test
    @Timeout(180)
    void understandsEachOther() throws Exception {
        assumeTrue(isOnPath("node") && isOnPath("npm"), "no Node.js on the PATH");
        Files.createDirectories(DIRECTORY);
        for (String file : new String[] {"package.json", "package-lock.json", "echo.js"}) {
            Files.copy(
                    SOURCE.resolve(file),
                    DIRECTORY.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        run("npm", "ci", "--no-audit", "--no-fund");

        try (var server = TestServer.echo(1_000_000)) {
            run("node", "echo.js", "ws://127.0.0.1:" + server.port());
        }
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(command)
                        .directory(DIRECTORY.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(LOG.toFile())
                        .start();
        try {
            assertThat(process.waitFor()).as(() -> log(command)).isZero();
        } finally {
            process.destroy();
        }
    }

    private static String log(String... command) {
        try {
            return String.join(" ", command) + ": " + Files.readString(LOG);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
