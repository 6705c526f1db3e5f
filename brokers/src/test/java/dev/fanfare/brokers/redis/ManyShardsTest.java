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
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ManyShardsTest {
    private static final List<String> TAGS =
            IntStream.range(0, 1000).mapToObj(each -> "tag" + each).toList();

    @Test
    void spreadsTagsEvenlyAndMovesFewToANewShard() {
        var among = TAGS.stream().collect(Collectors.groupingBy(tag -> Placement.shard(tag, 4)));
        var moved =
                TAGS.stream()
                        .filter(tag -> Placement.shard(tag, 4) != Placement.shard(tag, 5))
                        .toList();

        assertThat(among).hasSize(4);
        assertThat(among.values()).allSatisfy(tags -> assertThat(tags).hasSizeBetween(200, 300));
        assertThat(moved)
                .hasSizeBetween(150, 250)
                .allSatisfy(tag -> assertThat(Placement.shard(tag, 5)).isEqualTo(4));
    }

    @Test
    void losesOnlyWhatIsOnTheShardThatIsGone() throws Exception {
        try (var first = RedisProcess.start(Version.REDIS_6);
                var second = RedisProcess.start(Version.REDIS_7);
                var servers = open(first.url(), second.url())) {
            var here = TAGS.stream().filter(tag -> Placement.shard(tag, 2) == 0).findFirst();
            var there = TAGS.stream().filter(tag -> Placement.shard(tag, 2) == 1).findFirst();
            var ear = new RecordingEar();
            join(servers.subscribe(here.get(), "{" + here.get() + "}", ear));
            join(servers.subscribe(there.get(), "{" + there.get() + "}", ear));
            assertThat(generation(servers, here.get()))
                    .isNotEqualTo(generation(servers, there.get()));

            second.kill();

            await().until(() -> servers.unready().isPresent());
            assertUnavailable(say(servers, there.get(), "lost"));
            join(say(servers, here.get(), "heard"));
            await().until(() -> ear.heard().equals(List.of("{" + here.get() + "} heard")));
            second.start();
            await().until(() -> ear.interrupted().equals(List.of("{" + there.get() + "}")));
            assertThat(servers.unready()).isEmpty();
        }
    }
}
