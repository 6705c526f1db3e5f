package dev.fanfare.brokers.redis;

import static dev.fanfare.brokers.redis.Node.KEPT;
import static dev.fanfare.brokers.redis.Node.get;
import static dev.fanfare.brokers.redis.Node.offsets;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.core.broker.PublishOptions;
import dev.fanfare.core.broker.Published;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.model.Version;
import dev.fanfare.harness.RedisProcess;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two nodes on one Redis. */
final class SharedRedisTest {
    private static final int MESSAGES = 2_000;

    private static RedisProcess redis;

    private final Channel news = new Channel("news");
    private Node one;
    private Node other;

    @BeforeAll
    static void startRedis() throws Exception {
        redis = RedisProcess.start(RedisProcess.Version.REDIS_6);
    }

    @AfterAll
    static void endRedis() {
        redis.close();
    }

    @BeforeEach
    void connect() throws Exception {
        var _ = redis.command("FLUSHALL");
        one = new Node(redis.url()).listeningTo(news);
        other = new Node(redis.url()).listeningTo(news);
    }

    @AfterEach
    void disconnect() {
        one.close();
        other.close();
    }

    @Test
    void handsOverWhatTheOtherPublishes() throws Exception {
        for (int count = 0; count < 100; count++) {
            var _ = one.publish(news, new PublishOptions(KEPT, null));
        }
        assertThat(offsets(other.awaitReceived(100))).isEqualTo(oneTo(100));
        assertThat(one.awaitReceived(100)).isEqualTo(other.received);
        assertThat(one.history(news)).isEqualTo(other.history(news));
    }

    @Test
    void givesEachPublicationAPlaceOfItsOwn() throws Exception {
        var positions = new ArrayList<StreamPosition>();
        try (var threads = Executors.newFixedThreadPool(2)) {
            Callable<List<StreamPosition>> ones = () -> publishMany(one);
            Callable<List<StreamPosition>> others = () -> publishMany(other);
            for (var done : threads.invokeAll(List.of(ones, others))) {
                positions.addAll(done.get());
            }
        }
        assertThat(positions.stream().map(StreamPosition::offset).sorted().toList())
                .isEqualTo(oneTo(2 * MESSAGES));
        assertThat(positions).extracting(StreamPosition::epoch).containsOnly(one.top(news).epoch());
        assertThat(offsets(one.awaitReceived(2 * MESSAGES))).isEqualTo(oneTo(2 * MESSAGES));
        assertThat(other.awaitReceived(2 * MESSAGES)).isEqualTo(one.received);
        assertThat(one.history(news).publications()).isEqualTo(one.received);
        assertThat(other.history(news)).isEqualTo(one.history(news));
    }

    private List<StreamPosition> publishMany(Node node) throws Exception {
        var answers = new ArrayList<CompletionStage<Published>>();
        for (int count = 0; count < MESSAGES; count++) {
            answers.add(node.publish(news, new PublishOptions(KEPT, null)));
        }
        var positions = new ArrayList<StreamPosition>();
        for (var answer : answers) {
            positions.add(get(answer).position());
        }
        assertThat(positions).isSortedAccordingTo((a, b) -> Long.compare(a.offset(), b.offset()));
        return positions;
    }

    @Test
    void takesAKeyOnceOnWhicheverNode() throws Exception {
        var options = new PublishOptions(KEPT, "key");
        var first = get(one.publish(news, options));
        assertThat(get(other.publish(news, options)))
                .isEqualTo(new Published(first.position(), true));
        other.publish(news);
        assertThat(offsets(one.awaitReceived(2))).containsExactly(1L, 2L);
    }

    @Test
    void takesAKeyWithoutHistoryOnceOnWhicheverNode() throws Exception {
        var options = new PublishOptions(Retention.NONE, "key");
        assertThat(get(one.publish(news, options)).repeated()).isFalse();
        assertThat(get(other.publish(news, options)).repeated()).isTrue();
        other.publish(news);
        assertThat(offsets(one.awaitReceived(2))).containsExactly(0L, 1L);
    }

    @Test
    void takesAVersionOnceOnWhicheverNode() throws Exception {
        for (long number : List.of(9L, 10L, Long.MAX_VALUE - 1, Long.MAX_VALUE)) {
            var options = new PublishOptions(KEPT, null, new Version(number, "e"));
            assertThat(get(one.publish(news, options)).repeated()).isFalse();
            assertThat(get(other.publish(news, options)).repeated()).isTrue();
        }
        var old = new PublishOptions(KEPT, null, new Version(9, "e"));
        assertThat(get(one.publish(news, old)).repeated()).isTrue();
        assertThat(one.top(news).offset()).isEqualTo(4);
    }

    @Test
    void announcesToBoth() throws Exception {
        var ann = new ClientInfo("c1", "ann");
        var announced = List.of(new Membership.Joined(ann), new Membership.Left(ann));
        for (var membership : announced) {
            get(one.broker.announce(news, membership));
        }
        await().untilAsserted(() -> assertThat(other.memberships).isEqualTo(announced));
        await().untilAsserted(() -> assertThat(one.memberships).isEqualTo(announced));
    }

    @Test
    void hearsOnlyWhatSomebodyListensTo() throws Exception {
        var sport = new Channel("sport");
        get(other.broker.subscribe(sport));
        assertThat(listeners(sport)).isEqualTo(1);
        one.publish(sport);
        assertThat(other.awaitReceived(1)).hasSize(1);
        other.broker.unsubscribe(sport);
        await().until(() -> listeners(sport) == 0);
        one.publish(sport);
        one.publish(news);
        assertThat(one.awaitReceived(1)).hasSize(1);
        assertThat(other.awaitReceived(2)).hasSize(2);
    }

    private static int listeners(Channel channel) throws Exception {
        var topic = new Keys("fanfare", "").of(channel).topic();
        var answer = redis.command("PUBSUB", "NUMSUB", topic).strip();
        return Integer.parseInt(answer.substring(answer.lastIndexOf('\n') + 1));
    }

    @Test
    void keepsViewsApart() throws Exception {
        var nodes =
                new RedisBroker(one.servers, new Keys("fanfare", "nodes"), InstantSource.system());
        get(nodes.publish(news, Node.message(), new PublishOptions(KEPT, null)));
        one.publish(news);
        assertThat(offsets(one.awaitReceived(1))).containsExactly(1L);
        assertThat(one.history(news).publications()).hasSize(1);
    }

    @Test
    void readsOnceForAllWhoWait() throws Exception {
        var counting = new CountingServers(one.servers);
        var broker = new RedisBroker(counting, new Keys("fanfare", ""), InstantSource.system());
        one.publish(news);
        var answers = new ArrayList<CompletionStage<History>>();
        redis.freeze();
        for (int count = 0; count < 1000; count++) {
            answers.add(broker.history(news, HistoryQuery.NEWEST, KEPT));
        }
        redis.thaw();
        for (var answer : answers) {
            assertThat(get(answer)).isEqualTo(one.history(news));
        }
        assertThat(counting.runs.get()).isEqualTo(2);
    }

    @Test
    void passesOverWhatItCannotRead() throws Exception {
        var topic = new Keys("fanfare", "").of(news).topic();
        for (var bad :
                List.of("", "?", "P", "P1 2", "P1 2 3 e ", "P1 2 3 e \u0009", "J", "J\u0001")) {
            var _ = redis.command("PUBLISH", topic, bad);
        }
        one.publish(news);
        get(one.broker.announce(news, new Membership.Joined(new ClientInfo("c", "u"))));
        assertThat(offsets(other.awaitReceived(1))).containsExactly(1L);
        await().until(() -> other.memberships.size() == 1);
        assertThat(other.interrupted).isEmpty();
    }

    @Test
    void leavesAHoleWhereItCannotReadHistory() throws Exception {
        one.publish(news);
        var _ = redis.command("XADD", "fanfare:{c.news}:log", "2", "n", "?");
        var _ = redis.command("HSET", "fanfare:{c.news}:meta", "o", "2");
        one.publish(news);
        assertThat(offsets(other.history(news).publications())).containsExactly(1L, 3L);
        var bad = new HistoryQuery(other.top(news).at(1), 1, false);
        assertThat(get(other.broker.history(news, bad, KEPT)).publications()).isEmpty();
    }

    private static List<Long> oneTo(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }
}
