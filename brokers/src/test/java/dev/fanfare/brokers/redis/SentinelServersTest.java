package dev.fanfare.brokers.redis;

import static dev.fanfare.brokers.redis.TestServers.assertUnavailable;
import static dev.fanfare.brokers.redis.TestServers.generation;
import static dev.fanfare.brokers.redis.TestServers.join;
import static dev.fanfare.brokers.redis.TestServers.open;
import static dev.fanfare.brokers.redis.TestServers.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SentinelServersTest {
    private static final Duration FAILOVER = Duration.ofSeconds(30);

    private final RecordingEar ear = new RecordingEar();

    @ParameterizedTest
    @EnumSource(Version.class)
    void followsTheMasterAndStartsANewGeneration(Version version) throws Exception {
        try (var primary = RedisProcess.start(version);
                var replica = replicaOf(version, primary);
                var sentinel = RedisProcess.startSentinel(version, "mymaster", primary);
                var servers = open("redis-sentinel://127.0.0.1:" + sentinel.port() + "/mymaster")) {
            await().atMost(FAILOVER)
                    .until(
                            () ->
                                    sentinel.command("SENTINEL", "MASTER", "mymaster")
                                            .contains("num-slaves\n1"));
            join(servers.subscribe("a", "{a}", ear));
            var before = generation(servers, "a");

            primary.kill();

            await().until(() -> servers.unready().isPresent());
            assertUnavailable(say(servers, "a", "lost"));
            await().atMost(FAILOVER).until(() -> servers.unready().isEmpty());
            await().until(() -> ear.interrupted().equals(List.of("{a}")));
            assertThat(generation(servers, "a")).isNotEqualTo(before);
            join(say(servers, "a", "heard"));
            await().until(() -> ear.heard().equals(List.of("{a} heard")));
            assertThat(replica.command("INFO", "replication")).contains("role:master");
        }
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void leavesAPrimaryThatIsOneNoMore(Version version) throws Exception {
        try (var primary = RedisProcess.start(version);
                var replica = replicaOf(version, primary);
                var sentinel = RedisProcess.startSentinel(version, "mymaster", primary);
                var servers = open("redis-sentinel://127.0.0.1:" + sentinel.port() + "/mymaster")) {
            join(servers.subscribe("a", "{a}", ear));
            await().atMost(FAILOVER)
                    .until(
                            () ->
                                    sentinel.command("SENTINEL", "MASTER", "mymaster")
                                            .contains("num-slaves\n1"));
            var before = generation(servers, "a");

            await().atMost(FAILOVER)
                    .ignoreExceptions()
                    .until(() -> sentinel.command("SENTINEL", "FAILOVER", "mymaster").equals("OK"));

            await().atMost(FAILOVER).until(() -> ear.interrupted().contains("{a}"));
            await().until(() -> servers.unready().isEmpty());
            assertThat(generation(servers, "a")).isNotEqualTo(before);
            assertThat(replica.command("INFO", "replication")).contains("role:master");
        }
    }

    private static RedisProcess replicaOf(Version version, RedisProcess primary) throws Exception {
        var replica = RedisProcess.start(version, "--replicaof", "127.0.0.1", "" + primary.port());
        await().atMost(FAILOVER)
                .until(
                        () ->
                                replica.command("INFO", "replication")
                                        .contains("master_link_status:up"));
        return replica;
    }
}
