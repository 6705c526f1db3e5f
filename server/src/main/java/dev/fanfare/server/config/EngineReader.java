package dev.fanfare.server.config;

import dev.fanfare.brokers.redis.RedisAddress;
import dev.fanfare.brokers.redis.RedisAddress.Access;
import dev.fanfare.brokers.redis.RedisOptions;
import dev.fanfare.brokers.redis.RedisOptions.Backoff;
import dev.fanfare.server.config.ServerConfig.Engine;
import dev.fanfare.server.config.ServerConfig.Engine.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads what nodes share. */
final class EngineReader {
    private final Layers layers;
    private final Path directory;

    /**
     * @param directory what relative paths start from
     */
    EngineReader(Layers layers, Path directory) {
        this.layers = layers;
        this.directory = directory;
    }

    Engine read() {
        return new Engine(
                store(),
                layers.get(RedisSettings.PRESENCE_TTL),
                layers.get(RedisSettings.NODE_TTL));
    }

    private Store store() {
        return switch (layers.get(RedisSettings.ENGINE)) {
            case MEMORY -> memory();
            case REDIS -> redis();
        };
    }

    /** Whoever says where Redis is wants it used. */
    private Store memory() {
        RedisSettings.SECTION.settings().stream()
                .filter(setting -> setting.key().startsWith("redis.") && layers.has(setting))
                .forEach(setting -> layers.refuse(setting, "nothing without engine: redis"));
        return new Store.Memory();
    }

    private Store redis() {
        var shards = shards();
        var options =
                new RedisOptions(
                        shards,
                        authorities(shards.stream().anyMatch(shard -> shard.access().tls())),
                        layers.get(RedisSettings.TIMEOUT),
                        layers.get(RedisSettings.QUEUE_LIMIT),
                        Backoff.DEFAULT);
        return new Store.Redis(options, layers.get(RedisSettings.PREFIX));
    }

    private List<RedisAddress> shards() {
        var user = Objects.requireNonNullElse(layers.find(RedisSettings.USER), "");
        var secret = layers.find(RedisSettings.PASSWORD);
        var password = secret == null ? "" : secret.value();
        return layers.get(RedisSettings.ADDRESS).stream()
                .map(address -> entered(address, user, password))
                .toList();
    }

    /** What the address itself says holds. */
    private static RedisAddress entered(RedisAddress address, String user, String password) {
        var own = address.access();
        if (!own.password().isEmpty()) {
            return address;
        }
        return address.withAccess(
                new Access(
                        own.user().isEmpty() ? user : own.user(),
                        password,
                        own.database(),
                        own.tls()));
    }

    private @Nullable Path authorities(boolean needed) {
        var path = layers.find(RedisSettings.TLS_CA);
        if (path == null) {
            return null;
        }
        var file = directory.resolve(path);
        if (!Files.isReadable(file)) {
            layers.refuse(RedisSettings.TLS_CA, "a PEM file that can be read");
        } else if (!needed) {
            layers.refuse(RedisSettings.TLS_CA, "nothing without rediss://… in redis.address");
        }
        return file;
    }
}
