package dev.fanfare.server.centrifuge;

import com.sun.net.httpserver.HttpServer;
import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import dev.fanfare.server.NodeProject;
import dev.fanfare.server.config.Development;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two nodes on one Redis and the JavaScript SDK of Centrifugo. */
class TwoNodesSdkTest {
    private static final Path DIRECTORY = Path.of("target/centrifuge-nodes");

    @Test
    @Timeout(300)
    void theJavaScriptSdkRecoversOnTheOtherNodeWhenItsOwnEnds() throws Exception {
        var project =
                NodeProject.install(
                        CompatibleServer.RESOURCES,
                        DIRECTORY,
                        "package.json",
                        "package-lock.json",
                        "kit.js",
                        "nodes.test.js");
        try (var redis = RedisProcess.start(Version.REDIS_7);
                var one = start(redis);
                var two = start(redis);
                var stop = new Switch(one)) {
            project.run(
                    "node",
                    "nodes.test.js",
                    "http://127.0.0.1:" + one.port(),
                    Development.TOKEN_SECRET,
                    Development.PUBLISH_TOKEN,
                    "websocket",
                    "http://127.0.0.1:" + two.port(),
                    "http://127.0.0.1:" + stop.port());
        }
    }

    private static CompatibleServer start(RedisProcess redis) throws Exception {
        return CompatibleServer.start(
                "fanfare.yaml", Map.of("engine", "redis", "redis.address", redis.url()));
    }

    /** Ends a server when it is asked for by HTTP, and answers when it has. */
    private static final class Switch implements AutoCloseable {
        private final HttpServer entrance;

        Switch(CompatibleServer server) throws IOException {
            entrance =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            entrance.createContext(
                    "/",
                    exchange -> {
                        server.close();
                        exchange.sendResponseHeaders(204, -1);
                        exchange.close();
                    });
            entrance.start();
        }

        int port() {
            return entrance.getAddress().getPort();
        }

        @Override
        public void close() {
            entrance.stop(0);
        }
    }
}
