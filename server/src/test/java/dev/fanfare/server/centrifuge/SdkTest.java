package dev.fanfare.server.centrifuge;

import dev.fanfare.server.FanfareServer;
import dev.fanfare.server.NodeProject;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import dev.fanfare.server.config.Development;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server and the JavaScript SDK of Centrifugo, the package {@code centrifuge} of Node.js. */
class SdkTest {
    private static final Path SOURCE = Path.of("src/test/resources/dev/fanfare/server/centrifuge");
    private static final Path DIRECTORY = Path.of("target/centrifuge");

    @Test
    @Timeout(300)
    void understandsTheJavaScriptSdk() throws Exception {
        var project =
                NodeProject.install(
                        SOURCE,
                        DIRECTORY,
                        "package.json",
                        "package-lock.json",
                        "kit.js",
                        "client.test.js");

        try (var server = start()) {
            project.run(
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
}
