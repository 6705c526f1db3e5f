package dev.fanfare.brokers.redis;

import static dev.fanfare.brokers.redis.Node.KEPT;
import static dev.fanfare.brokers.redis.Node.get;
import static dev.fanfare.brokers.redis.Node.offsets;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.broker.PublishOptions;
import dev.fanfare.core.broker.Published;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.model.Version;
import dev.fanfare.harness.RedisProcess;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When Redis may have lost something, another epoch begins: old offsets never come again. */
final class EpochsTest {
    private final Channel news = new Channel("news");
    private RedisProcess redis;
    private Node one;
    private Node other;

    @BeforeEach
    void connect() throws Exception {
        redis = RedisProcess.start(RedisProcess.Version.REDIS_7, "--appendonly", "yes");
        one = new Node(redis.url()).listeningTo(news);
        other = new Node(redis.url()).listeningTo(news);
    }

    @AfterEach
    void disconnect() {
        one.close();
        other.close();
        redis.close();
    }

    @Test
    void endWhenRedisIsEmptied() throws Exception {
        var before = publishFive();
        var _ = redis.command("FLUSHALL");
        isAnother(before, one.publish(news));
    }

    @Test
    void endWhenRedisComesBackWithoutItsData() throws Exception {
        var before = publishFive();
        redis.kill();
        one.awaitUnready();
        redis.restartEmpty();
        one.awaitReady();
        isAnother(before, one.publish(news));
    }

    @Test
    void endWhenRedisComesBackWithItsData() throws Exception {
        var before = publishFive();
        restart();
        assertThat(redis.command("XLEN", "fanfare:{c.news}:log").strip()).isEqualTo("5");
        isAnother(before, one.publish(news));
    }

    @Test
    void endForReadersWhenRedisComesBackWithItsData() throws Exception {
        var before = publishFive();
        restart();
        var history = one.history(news);
        assertThat(history.publications()).isEmpty();
        assertThat(history.top().sameEpoch(before)).isFalse();
        assertThat(history.top().offset()).isZero();
        assertThat(other.publish(news)).isEqualTo(history.top().next());
    }

    @Test
    void endWhenThePositionOfAChannelIsGone() throws Exception {
        var before = publishFive();
        var _ = redis.command("DEL", "fanfare:{c.news}:meta");
        isAnother(before, one.publish(news));
        assertThat(other.top(news)).isEqualTo(one.top(news));
    }

    @Test
    void goOnWhenOnlyTheLogIsGone() throws Exception {
        var before = publishFive();
        var _ = redis.command("DEL", "fanfare:{c.news}:log");
        assertThat(one.history(news).publications()).isEmpty();
        assertThat(one.publish(news)).isEqualTo(before.next());
    }

    @Test
    void endOnceForAllNodes() throws Exception {
        var before = publishFive();
        restart();
        other.awaitReady();
        var kept = new PublishOptions(KEPT, null);
        var answers =
                IntStream.range(0, 100)
                        .mapToObj(count -> (count % 2 == 0 ? one : other).publish(news, kept))
                        .toList();
        var epochs = new HashSet<String>();
        for (CompletionStage<Published> answer : answers) {
            epochs.add(get(answer).position().epoch());
        }
        assertThat(epochs).hasSize(1).doesNotContain(before.epoch());
        assertThat(one.top(news).offset()).isEqualTo(100);
        assertThat(one.history(news)).isEqualTo(other.history(news));
    }

    @Test
    void goOnWhenOnlyAConnectionWasLost() throws Exception {
        var before = publishFive();
        var _ = redis.command("CLIENT", "KILL", "TYPE", "normal");
        one.awaitUnready();
        one.awaitReady();
        assertThat(one.publish(news)).isEqualTo(before.next());
    }

    @Test
    void forgetVersionsButNotKeys() throws Exception {
        var versioned = new PublishOptions(KEPT, null, new Version(7, ""));
        var keyed = new PublishOptions(KEPT, "key");
        get(one.publish(news, versioned));
        var first = get(one.publish(news, keyed));
        restart();
        assertThat(get(one.publish(news, versioned)).repeated()).isFalse();
        assertThat(get(one.publish(news, keyed))).isEqualTo(new Published(first.position(), true));
    }

    private StreamPosition publishFive() throws Exception {
        for (int count = 0; count < 4; count++) {
            one.publish(news);
        }
        return one.publish(news);
    }

    /** It has written all it knew before. */
    private void restart() throws Exception {
        redis.stop();
        one.awaitUnready();
        other.awaitUnready();
        redis.start();
        one.awaitReady();
    }

    private void isAnother(StreamPosition before, StreamPosition after) throws Exception {
        assertThat(after.sameEpoch(before)).isFalse();
        assertThat(after.offset()).isEqualTo(1);
        var all = one.broker.history(news, HistoryQuery.after(before, 10), KEPT);
        assertThat(get(all).top()).isEqualTo(after);
        assertThat(offsets(one.history(news).publications())).isEqualTo(List.of(1L));
    }
}
