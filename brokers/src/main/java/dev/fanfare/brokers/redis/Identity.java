package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.brokers.redis.RedisAddress.Node;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Which process of Redis it is, and what.
 *
 * @param mode {@code standalone}, {@code sentinel} or {@code cluster}
 * @param role {@code master} or {@code slave}
 * @param run another one for each process
 * @param replication another one each time that a replica becomes the primary, and never an old one
 *     again; also another one when the first replica comes, and when none has been there for long
 */
record Identity(String version, String mode, String role, String run, String replication) {
    /** Asks a connection that nobody uses yet. */
    static CompletionStage<Identity> ask(Wire wire, Duration timeout) {
        var server = Call.of(CommandType.INFO, "INFO", "server");
        var replication = Call.of(CommandType.INFO, "INFO", "replication");
        wire.execute(() -> wire.send(List.of(server, replication)));
        return server.answer()
                .thenCombine(
                        replication.answer(),
                        (one, other) -> of(List.of(one.getFirst(), other.getFirst())))
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * @param sections answers to {@code INFO}
     */
    static Identity of(List<Object> sections) {
        var fields = new HashMap<String, String>();
        sections.forEach(section -> read((byte[]) section, fields));
        return new Identity(
                fields.getOrDefault("redis_version", ""),
                fields.getOrDefault("redis_mode", "standalone"),
                fields.getOrDefault("role", "master"),
                fields.getOrDefault("run_id", ""),
                fields.getOrDefault("master_replid", ""));
    }

    private static void read(byte[] section, Map<String, String> fields) {
        for (var line : new String(section, UTF_8).split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
    }

    boolean isPrimary() {
        return role.equals("master");
    }

    /** Whether it is at least that version. */
    boolean isVersion(int major, int minor) {
        var parts = version.split("\\.", -1);
        try {
            int actual = Integer.parseInt(parts[0]);
            return actual > major
                    || (actual == major && parts.length > 1 && Integer.parseInt(parts[1]) >= minor);
        } catch (NumberFormatException unknown) {
            return false;
        }
    }

    /** Throws {@link Trouble} where it is too old, not a primary, or of another mode. */
    void require(Node node, String expectedMode) {
        var server = "redis " + node;
        if (!mode.equals(expectedMode)) {
            var form =
                    switch (mode) {
                        case "cluster" -> "redis-cluster://host:port";
                        case "sentinel" -> "redis-sentinel://host:port/master";
                        default -> "redis://host:port";
                    };
            throw new Trouble(server, "is a " + mode + " server", "use " + form);
        }
        if (!isVersion(6, 2)) {
            throw new Trouble(server, "Redis " + version + " is too old", "use Redis 6.2 or later");
        }
        if (!isPrimary()) {
            throw new Trouble(
                    server, "is a replica", "use its primary's address, or redis-sentinel://");
        }
    }

    /** Another word each time that the server may have lost what was written before. */
    String generation() {
        return start(run) + "-" + start(replication);
    }

    private static String start(String word) {
        return word.substring(0, Math.min(12, word.length()));
    }
}
