package dev.fanfare.brokers.redis;

import static dev.fanfare.brokers.redis.TestServers.assertUnavailable;
import static dev.fanfare.brokers.redis.TestServers.generation;
import static dev.fanfare.brokers.redis.TestServers.join;
import static dev.fanfare.brokers.redis.TestServers.open;
import static dev.fanfare.brokers.redis.TestServers.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.harness.RedisClusterProcesses;
import dev.fanfare.harness.RedisProcess.Version;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ClusterFailoverTest {
    private static final Duration FAILOVER = Duration.ofSeconds(30);

    private final RecordingEar ear = new RecordingEar();

    @ParameterizedTest
    @EnumSource(Version.class)
    void losesOnlyWhatIsOnAPrimaryThatIsGoneAndFindsItsReplica(Version version) throws Exception {
        try (var cluster = RedisClusterProcesses.start(version, 3);
                var replica = cluster.addReplica(version, 2);
                var servers = open(cluster.url())) {
            var lost = tagOf(cluster, 2);
            var kept = tagOf(cluster, 1);
            join(servers.subscribe(lost, "{" + lost + "}", ear));
            join(servers.subscribe(kept, "{" + kept + "}", ear));
            var before = generation(servers, lost);

            cluster.node(2).kill();

            await().until(() -> servers.unready().isPresent());
            assertUnavailable(say(servers, lost, "lost"));
            await().atMost(FAILOVER).until(() -> servers.unready().isEmpty());
            await().until(() -> ear.interrupted().equals(List.of("{" + lost + "}")));
            assertThat(generation(servers, lost)).isNotEqualTo(before);
            join(say(servers, lost, "heard"));
            await().until(() -> ear.heard().equals(List.of("{" + lost + "} heard")));
            assertThat(replica.command("INFO", "replication")).contains("role:master");
        }
    }

    private static String tagOf(RedisClusterProcesses cluster, int primary) {
        return IntStream.range(0, 1000)
                .mapToObj(each -> "tag" + each)
                .filter(tag -> cluster.ownerOf(Placement.slot(tag)) == primary)
                .findFirst()
                .orElseThrow();
    }
}
