package dev.fanfare.server.centrifuge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanfare.server.FanfareServer;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import dev.fanfare.server.config.Development;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server and the JavaScript SDK of Centrifugo, the package {@code centrifuge} of Node.js. */
class SdkTest {
    private static final Path SOURCE = Path.of("src/test/resources/dev/fanfare/server/centrifuge");
    private static final Path DIRECTORY = Path.of("target/centrifuge");
    private static final Path LOG = Path.of("target/centrifuge.log");

    @Test
    @Timeout(300)
    void understandsTheJavaScriptSdk() throws Exception {
        assumeTrue(isOnPath("node") && isOnPath("npm"), "no Node.js on the PATH");
        Files.createDirectories(DIRECTORY);
        for (var file : List.of("package.json", "package-lock.json", "kit.js", "client.test.js")) {
            Files.copy(
                    SOURCE.resolve(file),
                    DIRECTORY.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        run("npm", "ci", "--no-audit", "--no-fund");

        try (var server = start()) {
            run(
                    "node",
                    "client.test.js",
                    "http://127.0.0.1:" + server.port(),
                    Development.TOKEN_SECRET,
                    Development.PUBLISH_TOKEN);
        }
    }

    private static FanfareServer start() throws Exception {
        var options = Map.of("dev", "true", "port", "0", "shutdown.drain", "100ms");
        var file = SOURCE.resolve("fanfare.yaml");
        var sources = new ConfigSources(options, Map.of(), Map.of(), Path.of(""), file);
        return FanfareServer.start(ConfigLoader.load(sources), InstantSource.system());
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
