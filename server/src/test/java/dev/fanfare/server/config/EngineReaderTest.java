package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.brokers.redis.RedisAddress;
import dev.fanfare.brokers.redis.RedisOptions;
import dev.fanfare.server.config.ServerConfig.Engine.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineReaderTest {
    private static final String SECRET = "p4ssw0rd";

    @TempDir private Path directory;
    private TestConfig config;

    @BeforeEach
    void setUp() {
        config = new TestConfig(directory);
    }

    @Test
    void keepsEverythingInMemoryUnlessItIsSaidOtherwise() {
        assertThat(config.load().operation().engine().store()).isEqualTo(new Store.Memory());
    }

    @Test
    void theRedisOfBackendsIsNotTheEngine() {
        config.environment("PUBSUB_REDIS_URL", "redis://:" + SECRET + "@cache:6380/2");

        assertThat(config.load().operation().engine().store()).isEqualTo(new Store.Memory());
        assertThat(config.load().publish().pubSub())
                .isEqualTo(RedisAddress.parse("redis://:" + SECRET + "@cache:6380/2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cache:6380",
                "redis-cluster://:p4ssw0rd@a:1,b:2",
                "redis-sentinel://a:1,b:2/main"
            })
    void backendsPublishOnOneRedis(String address) {
        config.yaml("pubsub.redis-url: \"" + address + "\"");

        assertThat(config.mistakes())
                .singleElement()
                .asString()
                .startsWith("pubsub.redis-url: ")
                .contains("redis://user:password@host:6379")
                .doesNotContain(SECRET);
    }

    @Test
    void whoPublishesElsewhereNeedsATokenForIt() {
        config.yaml(
                """
                applications.enabled: true
                applications.publish-url: http://other:8000
                database.directory: data
                """);
        assertThat(config.mistakes())
                .singleElement()
                .asString()
                .startsWith("applications.publish-url: ")
                .contains("nothing without publish.token");

        config.environment("REALTIME_PUBLISH_TOKEN", "its token");
        assertThat(config.mistakes()).isEmpty();
    }

    @Test
    void findsRedisOnThisMachineUnlessItIsSaidOtherwise() {
        config.yaml("engine: redis");

        var redis = redis();
        assertThat(redis.options())
                .isEqualTo(RedisOptions.of(RedisAddress.parse("redis://127.0.0.1:6379")));
        assertThat(redis.prefix()).isEqualTo("fanfare");
        var engine = config.load().operation().engine();
        assertThat(engine.presence()).isEqualTo(Duration.ofSeconds(60));
        assertThat(engine.node()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void takesEveryLimitFromTheFile() {
        config.yaml(
                """
                engine: redis
                redis:
                  prefix: test
                  timeout: 300ms
                  queue-limit: 100
                  presence-ttl: 30s
                  node-ttl: 5s
                """);

        var redis = redis();
        assertThat(redis.prefix()).isEqualTo("test");
        assertThat(redis.options().timeout()).isEqualTo(Duration.ofMillis(300));
        assertThat(redis.options().queueLimit()).isEqualTo(100);
        var engine = config.load().operation().engine();
        assertThat(engine.presence()).isEqualTo(Duration.ofSeconds(30));
        assertThat(engine.node()).isEqualTo(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis.address: redis://a:1,rediss://b:2, redis-cluster://c:3,d:4",
                "redis.address: ['redis://a:1', 'rediss://b:2', 'redis-cluster://c:3,d:4']"
            })
    void spreadsChannelsOverSeveralAddresses(String addresses) {
        config.yaml("engine: redis\n" + addresses);

        assertThat(redis().options().shards())
                .containsExactlyElementsOf(
                        parsed("redis://a:1", "rediss://b:2", "redis-cluster://c:3,d:4"));
    }

    @Test
    void entersWithUserAndPasswordWhereTheAddressHasNone() {
        config.yaml("engine: redis\nredis.address: redis://a:1/3,redis://x:y@b:2\nredis.user: me")
                .environment("FANFARE_REDIS_PASSWORD", SECRET);

        assertThat(redis().options().shards())
                .containsExactlyElementsOf(
                        parsed("redis://me:" + SECRET + "@a:1/3", "redis://x:y@b:2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "engine: disk | engine: disk (expected: memory or redis, for example engine: redis)"
                        + " at fanfare.yaml:1",
                "redis.prefix: x | redis.prefix: x (expected: nothing without engine: redis, for"
                        + " example redis.prefix: fanfare-test) at fanfare.yaml:1",
                "{engine: memory, redis.address: 'redis://:p4ssw0rd@h'} | redis.address:"
                        + " redis://(hidden)@h (expected: nothing without engine: redis, for"
                        + " example redis.address: rediss://cache.example.com:6380) at"
                        + " fanfare.yaml:1",
                "{engine: redis, redis.prefix: 'a{b}'} | 'redis.prefix: a{b} (expected: 1 to 64"
                    + " letters, digits, underscores, dots and hyphens, for example redis.prefix:"
                    + " fanfare-test) at fanfare.yaml:1'",
                "{engine: redis, redis.timeout: 1ms} | redis.timeout: 1ms (expected: 50ms to 1m,"
                        + " for example redis.timeout: 2s) at fanfare.yaml:1",
                "{engine: redis, redis.queue-limit: 0} | redis.queue-limit: 0 (expected: 100 to"
                        + " 10000000, for example redis.queue-limit: 50000) at fanfare.yaml:1",
                "{engine: redis, redis.presence-ttl: 1s} | redis.presence-ttl: 1s (expected: 3s to"
                        + " 1h, for example redis.presence-ttl: 60s) at fanfare.yaml:1",
                "{engine: redis, redis.node-ttl: 0s} | redis.node-ttl: 0s (expected: 1s to 1h, for"
                        + " example redis.node-ttl: 10s) at fanfare.yaml:1",
                "{engine: redis, redis.tls-ca: none.pem} | redis.tls-ca: none.pem (expected: a PEM"
                        + " file that can be read, for example redis.tls-ca:"
                        + " /etc/fanfare/redis-ca.pem) at fanfare.yaml:1",
            })
    void saysWhatIsWrong(String yaml, String message) {
        assertThat(config.yaml(yaml).mistakes()).containsExactly(message);
    }

    @Test
    void refusesAnAuthorityThatNoAddressUses() {
        config.yaml("engine: redis\nredis.tls-ca: ca.pem").file("ca.pem", "");

        assertThat(config.mistakes())
                .singleElement()
                .asString()
                .contains("redis.tls-ca: ca.pem (expected: nothing without rediss://");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:p4ssw0rd@",
                "redis://me:p4ssw0rd@h:99999",
                "http://me:p4ssw0rd@h",
                "me:p4ssw0rd@h",
                "redis:p4ssw0rd@h",
                "redis://me:/@p4ssw0rd@h",
                "redis://me:p4ssw0rd@h:1/x,redis://me:p4ssw0rd@h"
            })
    void neverShowsAPassword(String address) {
        config.yaml("engine: redis\nredis.address: '" + address + "'");

        assertThat(config.mistakes())
                .singleElement()
                .asString()
                .contains("redis.address: ", "(hidden)@")
                .doesNotContain(SECRET);
    }

    private Store.Redis redis() {
        return (Store.Redis) config.load().operation().engine().store();
    }

    private static List<RedisAddress> parsed(String... addresses) {
        return List.of(addresses).stream().map(RedisAddress::parse).toList();
    }
}
