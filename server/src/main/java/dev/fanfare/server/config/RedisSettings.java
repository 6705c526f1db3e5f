package dev.fanfare.server.config;

import static dev.fanfare.server.config.ValueType.duration;
import static dev.fanfare.server.config.ValueType.integer;
import static dev.fanfare.server.config.ValueType.path;
import static dev.fanfare.server.config.ValueType.secret;
import static dev.fanfare.server.config.ValueType.text;
import static dev.fanfare.server.config.ValueType.url;
import static dev.fanfare.server.config.ValueType.urls;

import dev.fanfare.brokers.redis.RedisAddress;
import dev.fanfare.brokers.redis.RedisAddress.Standalone;
import dev.fanfare.server.access.Secret;
import dev.fanfare.server.config.Settings.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What nodes share, and how they reach it. */
final class RedisSettings {
    /** What publications and presence are kept in. */
    enum Kind {
        MEMORY,
        REDIS
    }

    /** It becomes part of keys, where braces and patterns have meanings of their own. */
    private static final String PREFIX_FORM = "[A-Za-z0-9_.-]{1,64}";

    private static final Duration HOUR = Duration.ofHours(1);

    static final Setting<Kind> ENGINE =
            Setting.of(
                    "engine",
                    ValueType.choice(Kind.class),
                    "memory",
                    "redis",
                    "What keeps publications and presence: `memory`, for one node that is alone, or"
                            + " `redis`, for nodes that share it ([several"
                            + " nodes](several-nodes.md)).");
    static final Setting<List<RedisAddress>> ADDRESS =
            Setting.of(
                    "redis.address",
                    urls("addresses like redis://user:password@host:6379/0", RedisAddress::parse),
                    "redis://127.0.0.1:6379",
                    "rediss://cache.example.com:6380",
                    "Where Redis is: one server, `redis-sentinel://h1:26379,h2:26379/mymaster`, or"
                        + " `redis-cluster://h1:7000,h2:7001`; with `rediss` for TLS. Channels are"
                        + " spread over several, which are independent of each other.");
    static final Setting<String> USER =
            Setting.of(
                    "redis.user",
                    text("a name"),
                    "",
                    "fanfare",
                    "The ACL user, where the address names none; without it Redis' `default`.");
    static final Setting<Secret> PASSWORD =
            Setting.of(
                    "redis.password",
                    secret("a password"),
                    "",
                    "\"…\"",
                    "The password, where the address has none.");
    static final Setting<Path> TLS_CA =
            Setting.of(
                    "redis.tls-ca",
                    path("a PEM file"),
                    "",
                    "/etc/fanfare/redis-ca.pem",
                    "Whom to trust with `rediss`; without it those whom the JVM trusts.");
    static final Setting<String> PREFIX =
            Setting.of(
                    "redis.prefix",
                    prefix(),
                    "fanfare",
                    "fanfare-test",
                    "What the names of all keys and topics begin with. Nodes with the same one"
                            + " share everything.");
    static final Setting<Duration> TIMEOUT =
            Setting.of(
                    "redis.timeout",
                    duration(Duration.ofMillis(50), Duration.ofMinutes(1)),
                    "2s",
                    "2s",
                    "Time for a connection, and for the answer to a command; then it has failed for"
                            + " the moment, and may have been carried out.");
    static final Setting<Integer> QUEUE_LIMIT =
            Setting.of(
                    "redis.queue-limit",
                    integer(100, 10_000_000),
                    "50000",
                    "50000",
                    "Commands that may wait for one server's answer; more are refused at once.");
    static final Setting<Duration> PRESENCE_TTL =
            Setting.of(
                    "redis.presence-ttl",
                    duration(Duration.ofSeconds(3), HOUR),
                    "60s",
                    "60s",
                    "How long the members of a node that has crashed are still there. The members"
                            + " of one that lives are confirmed three times in this time.");
    static final Setting<Duration> NODE_TTL =
            Setting.of(
                    "redis.node-ttl",
                    duration(Duration.ofSeconds(1), HOUR),
                    "10s",
                    "10s",
                    "How long a node that has crashed still counts as one; so long what asks all"
                            + " nodes may wait for it.");

    static final Setting<Standalone> PUBSUB =
            Setting.of(
                            "pubsub.redis-url",
                            url(
                                    "an address like redis://user:password@host:6379",
                                    RedisSettings::oneServer),
                            "",
                            "redis://:secret@cache.example.com:6379",
                            "The Redis on which the server also listens for publications, on"
                                + " channel `fanfare:publish`: the way of backends that cannot"
                                + " reach it over HTTP ([the backend library](backend-library.md))."
                                + " Not the one that nodes share, which is `redis.address`.")
                    .alsoFrom("PUBSUB_REDIS_URL");

    static final Section SECTION =
            new Section(
                    "Several nodes",
                    List.of(
                            ENGINE,
                            ADDRESS,
                            USER,
                            PASSWORD,
                            TLS_CA,
                            PREFIX,
                            TIMEOUT,
                            QUEUE_LIMIT,
                            PRESENCE_TTL,
                            NODE_TTL));

    private RedisSettings() {}

    private static Standalone oneServer(String text) {
        if (RedisAddress.parse(text) instanceof Standalone one) {
            return one;
        }
        throw new IllegalArgumentException("several servers");
    }

    private static ValueType<String> prefix() {
        return new ValueType<>(
                "1 to 64 letters, digits, underscores, dots and hyphens",
                text -> {
                    if (!text.matches(PREFIX_FORM)) {
                        throw new IllegalArgumentException("prefix: " + text);
                    }
                    return text;
                });
    }
}
