package dev.fanfare.server.centrifuge;

import dev.fanfare.server.FanfareServer;
import dev.fanfare.server.NodeProject;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import dev.fanfare.server.migrate.Migration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is carried over from Centrifugo serves its SDK for JavaScript as it was served there. */
class MigratedSdkTest {
    private static final Path SOURCE = Path.of("src/test/resources/dev/fanfare/server/centrifuge");
    private static final Path CONFIGURATIONS =
            Path.of("src/test/resources/dev/fanfare/server/migrate");
    private static final Path DIRECTORY = Path.of("target/centrifuge-migrated");

    private static NodeProject project;

    @TempDir private Path directory;

    @BeforeAll
    static void install() throws Exception {
        project =
                NodeProject.install(
                        SOURCE,
                        DIRECTORY,
                        "package.json",
                        "package-lock.json",
                        "kit.js",
                        "migrated.test.js");
    }

    @ParameterizedTest
    @CsvSource({
        "insecure.json, websocket",
        "tokens.json, websocket",
        "transports.yaml, http_stream",
        "transports.yaml, sse",
        "personal.toml, websocket",
        "subscription-tokens.json, websocket"
    })
    @Timeout(300)
    void servesTheJavaScriptSdkAsBefore(String configuration, String transport) throws Exception {
        try (var server = start(CONFIGURATIONS.resolve(configuration))) {
            project.run(
                    "node",
                    "migrated.test.js",
                    "http://127.0.0.1:" + server.port(),
                    "a short secret",
                    "the api key",
                    transport,
                    configuration.substring(0, configuration.indexOf('.')));
        }
    }

    /** As it is printed, but for the port. */
    private FanfareServer start(Path configuration) throws Exception {
        var migration = Migration.ofCentrifugo(Files.readString(configuration));
        var file = Files.writeString(directory.resolve("fanfare.yaml"), migration.configuration());
        var options = Map.of("port", "0", "shutdown.drain", "100ms");
        var sources = new ConfigSources(options, Map.of(), Map.of(), Path.of(""), file);
        return FanfareServer.start(ConfigLoader.load(sources), InstantSource.system());
    }
}
