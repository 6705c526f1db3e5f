package dev.fanfare.server;

import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import dev.fanfare.server.config.Development;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Map;

/** Two servers that share a real Redis, and more where a test wants them. */
final class TwoNodes implements AutoCloseable {
    private static final String CONFIGURATION =
            """
            redis.node-ttl: 2s
            endpoints:
              - { path: /ws, transport: websocket }
              - { path: /one, transport: websocket, connections: newest }
              - { path: /connection/http_stream, transport: centrifuge-http-stream }
              - { path: /one/websocket, transport: centrifuge, connections: newest }
              - { path: /one/stream, transport: centrifuge-http-stream, connections: newest }
            channels:
              - pattern: "chat:{id}"
                variables: { id: segment }
                subscribe: everyone
                publish: everyone
                presence: true
                history: { size: 200, age: 10m }
            """;

    private final RedisProcess redis;
    final RunningServer a;
    final RunningServer b;

    private TwoNodes(RedisProcess redis) {
        this.redis = redis;
        a = another("eu-1", redis.port());
        b = another("eu-2", redis.port());
    }

    static TwoNodes start() {
        try {
            return new TwoNodes(RedisProcess.start(Version.REDIS_7));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int redisPort() {
        return redis.port();
    }

    /**
     * @param redisPort leads to the Redis that all share
     */
    static RunningServer another(String name, int redisPort) {
        var options =
                Map.of(
                        "dev",
                        "true",
                        "node.name",
                        name,
                        "engine",
                        "redis",
                        "redis.address",
                        "redis://127.0.0.1:" + redisPort);
        return RunningServer.start(InstantSource.system(), CONFIGURATION, options);
    }

    /** The body of the answer to a call of the server API. */
    static String call(RunningServer server, String method, String body) {
        var key = "X-API-Key: " + Development.API_KEY;
        return server.post("/api/" + method, body, key, "Content-Type: application/json").body();
    }

    @Override
    public void close() {
        a.close();
        b.close();
        redis.close();
    }
}
