package dev.fanfare.brokers.redis;

import static dev.fanfare.brokers.redis.Node.KEPT;
import static dev.fanfare.brokers.redis.Node.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.core.broker.PublishOptions;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.harness.RedisProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a broker does while Redis is not there, and when it is there again. */
final class OutagesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final PublishOptions KEEP = new PublishOptions(KEPT, null);

    private final Channel news = new Channel("news");
    private final Channel sport = new Channel("sport");
    private RedisProcess redis;
    private Node node;

    @BeforeEach
    void connect() throws Exception {
        redis = RedisProcess.start(RedisProcess.Version.REDIS_7);
        node = new Node(TIMEOUT, redis.url()).listeningTo(news, sport);
    }

    @AfterEach
    void disconnect() {
        node.close();
        redis.close();
    }

    @Test
    void tellsWhatMayBeMissingWhenItListensAgain() throws Exception {
        node.broker.unsubscribe(sport);
        var _ = redis.command("CLIENT", "KILL", "TYPE", "pubsub");
        await().until(() -> node.interrupted.contains(news));
        node.publish(news);
        assertThat(node.awaitReceived(1)).hasSize(1);
        assertThat(node.interrupted).containsOnly(news);
    }

    @Test
    void tellsWhatMayBeMissingAfterRedisWasStartedAgain() throws Exception {
        redis.kill();
        node.awaitUnready();
        redis.start();
        await().until(() -> node.interrupted.containsAll(List.of(news, sport)));
        node.publish(sport);
        assertThat(node.awaitReceived(1)).hasSize(1);
    }

    @Test
    void failsAtOnceWhileRedisIsGone() throws Exception {
        redis.kill();
        node.awaitUnready();
        long begin = System.nanoTime();
        for (var stage : everything()) {
            assertThat(stage.toCompletableFuture()).isCompletedExceptionally();
            isUnavailable(stage);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TIMEOUT);
    }

    @Test
    void failsInTimeWhenRedisSaysNothing() throws Exception {
        node.publish(news);
        redis.freeze();
        long begin = System.nanoTime();
        for (var stage : everything()) {
            isUnavailable(stage);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TIMEOUT.multipliedBy(4));
        redis.thaw();
        await().ignoreException(ExecutionException.class)
                .untilAsserted(() -> assertThat(node.publish(news).isKnown()).isTrue());
        node.awaitReady();
        node.publish(sport);
        await().until(() -> node.received.stream().anyMatch(each -> each.channel().equals(sport)));
    }

    /** A read that fails must not be in the way of the next one. */
    @Test
    void readsAgainWhenRedisIsThereAgain() throws Exception {
        redis.kill();
        node.awaitUnready();
        for (int count = 0; count < 3; count++) {
            isUnavailable(node.broker.history(news, HistoryQuery.TOP, KEPT));
        }
        redis.start();
        node.awaitReady();
        assertThat(node.top(news).isKnown()).isTrue();
    }

    private List<CompletionStage<?>> everything() {
        return List.of(
                node.publish(news, KEEP),
                node.publish(news, new PublishOptions(KEPT, "key")),
                node.publish(news, new PublishOptions(Retention.NONE, null)),
                node.publish(news, new PublishOptions(Retention.NONE, "key")),
                node.broker.history(news, HistoryQuery.TOP, KEPT),
                node.broker.removeHistory(news),
                node.broker.subscribe(new Channel("another")));
    }

    private static void isUnavailable(CompletionStage<?> stage) throws Exception {
        try {
            get(stage);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(Unavailable.class).hasMessageContaining("redis");
            return;
        }
        throw new AssertionError("it was done");
    }
}
