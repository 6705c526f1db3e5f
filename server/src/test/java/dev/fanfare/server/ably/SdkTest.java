package dev.fanfare.server.ably;

import dev.fanfare.server.FanfareServer;
import dev.fanfare.server.NodeProject;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The server and Ably's SDK for JavaScript, the package {@code ably} of Node.js, each program with
 * an application of its own.
 */
class SdkTest {
    private static final Path RESOURCES = Path.of("src/test/resources/dev/fanfare/server/ably");

    private static FanfareServer server;
    private static NodeProject project;

    @BeforeAll
    static void start() throws Exception {
        project =
                NodeProject.install(
                        RESOURCES,
                        Path.of("target/ably"),
                        "package.json",
                        "package-lock.json",
                        "kit.js",
                        "connection.test.js",
                        "auth.test.js",
                        "sandbox.test.js",
                        "rest.test.js",
                        "channels.test.js",
                        "presence.test.js");
        var options =
                Map.of(
                        "dev", "true",
                        "port", "0",
                        "shutdown.drain", "100ms",
                        "applications.enabled", "false");
        var sources = new ConfigSources(options, Map.of(), Map.of(), Path.of(""), null);
        server = FanfareServer.start(ConfigLoader.load(sources), InstantSource.system());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "connection, json",
        "connection, msgpack",
        "connection, comet",
        "auth, json",
        "auth, msgpack",
        "auth, comet",
        "sandbox, json",
        "sandbox, msgpack",
        "rest, json",
        "rest, msgpack",
        "channels, json",
        "channels, msgpack",
        "channels, comet",
        "presence, json",
        "presence, msgpack",
        "presence, comet"
    })
    @Timeout(120)
    void servesTheSdk(String topic, String manner) throws Exception {
        project.run("node", topic + ".test.js", "http://127.0.0.1:" + server.port(), manner);
    }
}
