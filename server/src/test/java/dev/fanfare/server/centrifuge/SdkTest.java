package dev.fanfare.server.centrifuge;

import dev.fanfare.server.NodeProject;
import dev.fanfare.server.config.Development;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server and the JavaScript SDK of Centrifugo, the package {@code centrifuge} of Node.js. */
class SdkTest {
    private static final Path DIRECTORY = Path.of("target/centrifuge");

    private static NodeProject project;

    @BeforeAll
    static void install() throws Exception {
        project =
                NodeProject.install(
                        CompatibleServer.RESOURCES,
                        DIRECTORY,
                        "package.json",
                        "package-lock.json",
                        "kit.js",
                        "client.test.js",
                        "delivery.test.js",
                        "users.test.js");
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

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "http_stream", "sse"})
    @Timeout(300)
    void doesToTheJavaScriptSdkWhatABackendWants(String transport) throws Exception {
        run("users.test.js", transport);
    }

    private static void run(String program, String transport) throws Exception {
        try (var server = CompatibleServer.start("fanfare.yaml")) {
            project.run(
                    "node",
                    program,
                    "http://127.0.0.1:" + server.port(),
                    Development.TOKEN_SECRET,
                    Development.PUBLISH_TOKEN,
                    transport,
                    Development.API_KEY);
        }
    }
}
