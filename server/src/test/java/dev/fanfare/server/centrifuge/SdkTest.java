package dev.fanfare.server.centrifuge;

import dev.fanfare.server.FanfareServer;
import dev.fanfare.server.NodeProject;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import dev.fanfare.server.config.Development;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server and the JavaScript SDK of Centrifugo, the package {@code centrifuge} of Node.js. */
class SdkTest {
    private static final Path SOURCE = Path.of("src/test/resources/dev/fanfare/server/centrifuge");
    private static final Path DIRECTORY = Path.of("target/centrifuge");

    private static NodeProject project;

    @BeforeAll
    static void install() throws Exception {
        project =
                NodeProject.install(
                        SOURCE,
                        DIRECTORY,
                        "package.json",
                        "package-lock.json",
                        "kit.js",
                        "client.test.js",
                        "delivery.test.js");
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "http_stream", "sse"})
    @Timeout(300)
    void understandsTheJavaScriptSdk(String transport) throws Exception {
        run("client.test.js", transport);
    }

    @Test
    @Timeout(300)
    void deliversWhatTheJavaScriptSdkUnderstands() throws Exception {
        run("delivery.test.js", "websocket");
    }

    private static void run(String program, String transport) throws Exception {
        try (var server = start()) {
            project.run(
                    "node",
                    program,
                    "http://127.0.0.1:" + server.port(),
                    Development.TOKEN_SECRET,
                    Development.PUBLISH_TOKEN,
                    transport);
        }
    }

    private static FanfareServer start() throws Exception {
        var options = Map.of("dev", "true", "port", "0", "shutdown.drain", "100ms");
        var file = SOURCE.resolve("fanfare.yaml");
        var sources = new ConfigSources(options, Map.of(), Map.of(), Path.of(""), file);
        return FanfareServer.start(ConfigLoader.load(sources), InstantSource.system());
    }
}
