package dev.fanfare.server.centrifuge;

import dev.fanfare.harness.RedisProcess;
import dev.fanfare.server.NodeProject;
import dev.fanfare.server.config.Development;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The JavaScript SDK of Centrifugo, and a backend, with two nodes behind a balancer that sends each
 * connection to the next one: streams to one, commands to the other.
 */
class SeveralNodesSdkTest {
    private static final Path DIRECTORY = Path.of("target/several-nodes");

    private static NodeProject project;
    private static RedisProcess redis;
    private static CompatibleServer one;
    private static CompatibleServer other;

    @BeforeAll
    static void start() throws Exception {
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
        redis = RedisProcess.start(RedisProcess.Version.REDIS_7);
        one = node();
        other = node();
    }

    private static CompatibleServer node() throws Exception {
        var address = "redis://127.0.0.1:" + redis.port();
        return CompatibleServer.start(
                "fanfare.yaml", Map.of("engine", "redis", "redis.address", address));
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
        redis.close();
    }

    @ParameterizedTest
    @CsvSource({
        "client.test.js, http_stream",
        "delivery.test.js, websocket",
        "users.test.js, http_stream"
    })
    @Timeout(300)
    void areOneServerToTheJavaScriptSdk(String program, String transport) throws Exception {
        try (var balancer = new CuttableWire(one.port(), other.port())) {
            project.run(
                    "node",
                    program,
                    "http://127.0.0.1:" + balancer.port(),
                    Development.TOKEN_SECRET,
                    Development.PUBLISH_TOKEN,
                    transport,
                    Development.API_KEY);
        }
    }
}
