package dev.fanfare.core.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.model.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Broker} promises. */
public abstract class BrokerContractTest {
    private static final Retention KEPT = new Retention(100, Duration.ofMinutes(10));
    private static final int THREADS = 8;
    private static final int MESSAGES_PER_THREAD = 100;

    private final String run = UUID.randomUUID().toString();
    private final Channel news = channel("news");
    private final Channel sport = channel("sport");
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Channel, List<Publication>> received = new ConcurrentHashMap<>();
    private Broker broker;

    /** A new broker, not started. */
    protected abstract Broker create();

    /**
     * Lets the broker believe that so much time has passed. An implementation that cannot aborts
     * the test.
     */
    protected abstract void letPass(Duration time);

    @BeforeEach
    void start() throws Exception {
        broker = create();
        broker.start(publication -> receivedOn(publication.channel()).add(publication));
        get(broker.subscribe(news));
        get(broker.subscribe(sport));
    }

    @Test
    void countsPositionsFromOneInOneEpoch() throws Exception {
        var first = publish(news, "a");
        var second = publish(news, "b");
        assertThat(first.offset()).isEqualTo(1);
        assertThat(first.isKnown()).isTrue();
        assertThat(second).isEqualTo(first.next());
    }

    @Test
    void countsEachChannelForItself() throws Exception {
        publish(news, "a");
        assertThat(publish(sport, "b").offset()).isEqualTo(1);
    }

    @Test
    void handsOverWhatWasPublishedWhereItWasPlaced() throws Exception {
        var message =
                new Message(
                        "id",
                        "event",
                        Payload.json("{\"n\":1}"),
                        new ClientInfo("client", "ann"),
                        new Audience.ExceptUser("bob"));
        var position =
                get(broker.publish(news, message, new PublishOptions(KEPT, null))).position();

        var publication = awaitReceived(news, 1).getFirst();
        assertThat(publication.channel()).isEqualTo(news);
        assertThat(publication.message()).isEqualTo(message);
        assertThat(publication.position()).isEqualTo(position);
        assertThat(all(news).publications()).containsExactly(publication);
    }

    @Test
    void carriesBytesThatAreNoText() throws Exception {
        var payload =
                Payload.of(new byte[] {0, (byte) 0xff, (byte) 0xc3, 10}, Payload.Format.BINARY);
        get(broker.publish(news, message(payload), new PublishOptions(KEPT, null)));
        assertThat(awaitReceived(news, 1).getFirst().message().payload()).isEqualTo(payload);
        assertThat(all(news).publications().getFirst().message().payload()).isEqualTo(payload);
    }

    @Test
    void hasNoPositionsWithoutHistory() throws Exception {
        var published =
                get(broker.publish(news, message("a"), new PublishOptions(Retention.NONE, null)));
        assertThat(published).isEqualTo(new Published(StreamPosition.NONE, false));
        assertThat(awaitReceived(news, 1).getFirst().position()).isEqualTo(StreamPosition.NONE);
        assertThat(get(broker.history(news, HistoryQuery.TOP, Retention.NONE)))
                .isEqualTo(History.NONE);
    }

    @Test
    void handsOverInOrderWhatHasNoPositionAmongWhatHasOne() throws Exception {
        publish(news, "a");
        get(broker.publish(news, message("b"), new PublishOptions(Retention.NONE, null)));
        publish(news, "c");
        assertThat(offsets(awaitReceived(news, 3))).containsExactly(1L, 0L, 2L);
        assertThat(offsets(all(news).publications())).containsExactly(1L, 2L);
    }

    @Test
    void handsOverConcurrentPublicationsInTheOrderOfTheirPositions() throws Exception {
        inParallel(
                () -> {
                    for (int count = 0; count < MESSAGES_PER_THREAD; count++) {
                        publish(news, "a");
                        publish(sport, "b");
                    }
                    return null;
                });
        int count = THREADS * MESSAGES_PER_THREAD;
        assertThat(offsets(awaitReceived(news, count))).isEqualTo(oneTo(count));
        assertThat(offsets(awaitReceived(sport, count))).isEqualTo(oneTo(count));
        assertThat(all(news).publications())
                .isEqualTo(received.get(news).subList(count - KEPT.size(), count));
    }

    @Test
    void knowsInHistoryWhatTheListenerHasBeenGiven() throws Exception {
        for (int count = 1; count <= 20; count++) {
            var publishing = broker.publish(news, message("a"), new PublishOptions(KEPT, null));
            var publication = awaitReceived(news, count).getLast();
            assertThat(all(news).publications()).contains(publication);
            get(publishing);
        }
    }

    @Test
    void keepsTheNewest() throws Exception {
        var three = new Retention(3, Duration.ofMinutes(10));
        for (int count = 1; count <= 5; count++) {
            get(broker.publish(news, message("a"), new PublishOptions(three, null)));
        }
        var history = get(broker.history(news, new HistoryQuery(null, 10, false), three));
        assertThat(offsets(history.publications())).containsExactly(3L, 4L, 5L);
        assertThat(history.top().offset()).isEqualTo(5);
    }

    @Test
    void keepsNothingTooOld() throws Exception {
        publish(news, "a");
        letPass(KEPT.age().minusSeconds(1));
        publish(news, "b");
        letPass(Duration.ofSeconds(2));
        assertThat(offsets(all(news).publications())).containsExactly(2L);
        letPass(KEPT.age());
        assertThat(all(news).publications()).isEmpty();
        assertThat(all(news).top().offset()).isEqualTo(2);
        assertThat(publish(news, "c").offset()).isEqualTo(3);
    }

    @Test
    void readsHistoryFromAnyPlaceInBothDirections() throws Exception {
        var third = publishMany(news, 5).get(2);
        assertThat(offsets(read(news, null, 10, false))).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(offsets(read(news, null, 2, false))).containsExactly(1L, 2L);
        assertThat(offsets(read(news, null, 2, true))).containsExactly(5L, 4L);
        assertThat(offsets(read(news, third, 10, false))).containsExactly(4L, 5L);
        assertThat(offsets(read(news, third, 1, false))).containsExactly(4L);
        assertThat(offsets(read(news, third, 10, true))).containsExactly(2L, 1L);
        assertThat(offsets(read(news, third, 1, true))).containsExactly(2L);
    }

    @Test
    void tellsTheTopWhateverIsRead() throws Exception {
        var top = publishMany(news, 3).getLast();
        assertThat(get(broker.history(news, HistoryQuery.TOP, KEPT)))
                .isEqualTo(new History(List.of(), top));
        assertThat(get(broker.history(news, HistoryQuery.after(top, 10), KEPT)))
                .isEqualTo(new History(List.of(), top));
        assertThat(get(broker.history(news, new HistoryQuery(null, 1, false), KEPT)).top())
                .isEqualTo(top);
    }

    @Test
    void leavesTheEpochOfAPositionToTheReader() throws Exception {
        publishMany(news, 2);
        var other = new StreamPosition("another epoch", 1);
        assertThat(offsets(read(news, other, 10, false))).containsExactly(2L);
    }

    @Test
    void givesAChannelThatNeverHadAnyItsEpoch() throws Exception {
        var top = all(news).top();
        assertThat(top.isKnown()).isTrue();
        assertThat(top.offset()).isZero();
        assertThat(all(news).top()).isEqualTo(top);
        assertThat(publish(news, "a")).isEqualTo(top.next());
    }

    @Test
    void removesHistoryAndGoesOnCounting() throws Exception {
        var before = publishMany(news, 2).getLast();
        get(broker.removeHistory(news));
        assertThat(all(news)).isEqualTo(new History(List.of(), before));
        assertThat(publish(news, "c")).isEqualTo(before.next());
        assertThat(offsets(all(news).publications())).containsExactly(3L);
    }

    @Test
    void removesHistoryOfAChannelThatNeverHadAny() throws Exception {
        get(broker.removeHistory(news));
        assertThat(publish(news, "a").offset()).isEqualTo(1);
    }

    @Test
    void answersARepeatedKeyAsItDidFirst() throws Exception {
        var first = publishWithKey(news, "key");
        publish(news, "b");
        var second = publishWithKey(news, "key");
        assertThat(first.repeated()).isFalse();
        assertThat(second).isEqualTo(new Published(first.position(), true));
        publish(news, "end");
        assertThat(offsets(awaitReceived(news, 3))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void remembersAKeyWhoseHistoryIsGone() throws Exception {
        var first = publishWithKey(news, "key");
        get(broker.removeHistory(news));
        assertThat(publishWithKey(news, "key")).isEqualTo(new Published(first.position(), true));
        assertThat(all(news).publications()).isEmpty();
    }

    @Test
    void remembersAKeyOfAChannelWithoutHistory() throws Exception {
        var options = new PublishOptions(Retention.NONE, "key");
        get(broker.publish(news, message("a"), options));
        assertThat(get(broker.publish(news, message("a"), options)))
                .isEqualTo(new Published(StreamPosition.NONE, true));
        get(broker.publish(news, message("end"), new PublishOptions(Retention.NONE, null)));
        assertThat(awaitReceived(news, 2)).hasSize(2);
    }

    @Test
    void takesAKeyForEachChannelForItself() throws Exception {
        publishWithKey(news, "key");
        assertThat(publishWithKey(sport, "key").repeated()).isFalse();
        assertThat(publishWithKey(news, "other key").repeated()).isFalse();
    }

    @Test
    void forgetsAKeyAfterTheWindow() throws Exception {
        var first = publishWithKey(news, "key");
        letPass(Broker.IDEMPOTENCY_WINDOW.minusSeconds(1));
        assertThat(publishWithKey(news, "key").repeated()).isTrue();
        letPass(Duration.ofSeconds(2));
        assertThat(publishWithKey(news, "key"))
                .isEqualTo(new Published(first.position().next(), false));
    }

    @Test
    void publishesOnceWhatComesWithOneKeyFromAllSides() throws Exception {
        var answers = inParallel(() -> publishWithKey(news, "key"));
        assertThat(answers).filteredOn(answer -> !answer.repeated()).hasSize(1);
        assertThat(answers)
                .extracting(Published::position)
                .containsOnly(answers.getFirst().position());
        publish(news, "end");
        assertThat(awaitReceived(news, 2)).hasSize(2);
    }

    @Test
    void takesNoVersionThatItHasReached() throws Exception {
        var second = publishVersion(news, 2, "");
        assertThat(second.repeated()).isFalse();
        var top = publish(news, "without a version");
        assertThat(publishVersion(news, 2, "")).isEqualTo(new Published(top, true));
        assertThat(publishVersion(news, 1, "")).isEqualTo(new Published(top, true));
        assertThat(publishVersion(news, 3, "")).isEqualTo(new Published(top.next(), false));
        publish(news, "end");
        assertThat(offsets(awaitReceived(news, 4))).containsExactly(1L, 2L, 3L, 4L);
        assertThat(offsets(all(news).publications())).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void takesAnyVersionOfAnotherEpoch() throws Exception {
        publishVersion(news, 7, "old");
        assertThat(publishVersion(news, 1, "new").repeated()).isFalse();
        assertThat(publishVersion(news, 1, "new").repeated()).isTrue();
        assertThat(publishVersion(news, 7, "old").repeated()).isFalse();
    }

    @Test
    void countsVersionsOfEachChannelForItself() throws Exception {
        publishVersion(news, 1, "");
        assertThat(publishVersion(sport, 1, "").repeated()).isFalse();
    }

    @Test
    void remembersAVersionWhoseHistoryIsGone() throws Exception {
        var first = publishVersion(news, 1, "");
        get(broker.removeHistory(news));
        assertThat(publishVersion(news, 1, "")).isEqualTo(new Published(first.position(), true));
    }

    @Test
    void answersARepeatedKeyBeforeItLooksAtTheVersion() throws Exception {
        var options = new PublishOptions(KEPT, "key", new Version(1, ""));
        var first = get(broker.publish(news, message("a"), options));
        publish(news, "b");
        assertThat(get(broker.publish(news, message("a"), options)))
                .isEqualTo(new Published(first.position(), true));
    }

    @Test
    void answersTheRepeatedKeyOfAnOldVersionAsItDidFirst() throws Exception {
        var top = publishVersion(news, 2, "").position();
        var options = new PublishOptions(KEPT, "key", new Version(1, ""));
        get(broker.publish(news, message("a"), options));
        publish(news, "b");
        assertThat(get(broker.publish(news, message("a"), options)))
                .isEqualTo(new Published(top, true));
    }

    @Test
    void ignoresVersionsWithoutHistory() throws Exception {
        var options = new PublishOptions(Retention.NONE, null, new Version(1, ""));
        for (int count = 0; count < 2; count++) {
            assertThat(get(broker.publish(news, message("a"), options)))
                    .isEqualTo(new Published(StreamPosition.NONE, false));
        }
        assertThat(publishVersion(news, 1, "").repeated()).isFalse();
    }

    @Test
    void takesAVersionOnceFromAllSides() throws Exception {
        var answers = inParallel(() -> publishVersion(news, 1, ""));
        assertThat(answers).filteredOn(answer -> !answer.repeated()).hasSize(1);
        publish(news, "end");
        assertThat(awaitReceived(news, 2)).hasSize(2);
    }

    @Test
    void handsOverOnceAfterSubscribingAgain() throws Exception {
        broker.unsubscribe(news);
        get(broker.subscribe(news));
        get(broker.subscribe(news));
        publishMany(news, 2);
        assertThat(offsets(awaitReceived(news, 2))).containsExactly(1L, 2L);
    }

    private Channel channel(String name) {
        return new Channel(name + "-" + run);
    }

    private Message message(String text) {
        return message(Payload.json("\"" + text + "\""));
    }

    private Message message(Payload payload) {
        return new Message("m" + ids.incrementAndGet(), null, payload, null, Audience.EVERYONE);
    }

    private StreamPosition publish(Channel channel, String text) throws Exception {
        return get(broker.publish(channel, message(text), new PublishOptions(KEPT, null)))
                .position();
    }

    private List<StreamPosition> publishMany(Channel channel, int count) throws Exception {
        var positions = new ArrayList<StreamPosition>();
        while (positions.size() < count) {
            positions.add(publish(channel, "a"));
        }
        return positions;
    }

    private Published publishWithKey(Channel channel, String key) throws Exception {
        return get(broker.publish(channel, message("a"), new PublishOptions(KEPT, key)));
    }

    private Published publishVersion(Channel channel, long number, String epoch) throws Exception {
        var options = new PublishOptions(KEPT, null, new Version(number, epoch));
        return get(broker.publish(channel, message("v" + number), options));
    }

    private History all(Channel channel) throws Exception {
        return get(broker.history(channel, new HistoryQuery(null, KEPT.size(), false), KEPT));
    }

    private List<Publication> read(
            Channel channel, StreamPosition since, int limit, boolean reverse) throws Exception {
        return get(broker.history(channel, new HistoryQuery(since, limit, reverse), KEPT))
                .publications();
    }

    private List<Publication> receivedOn(Channel channel) {
        return received.computeIfAbsent(channel, key -> new CopyOnWriteArrayList<>());
    }

    private List<Publication> awaitReceived(Channel channel, int count) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> receivedOn(channel).size() >= count);
        return receivedOn(channel);
    }

    private static List<Long> offsets(List<Publication> publications) {
        return publications.stream().map(each -> each.position().offset()).toList();
    }

    private static List<Long> oneTo(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    private static <T> List<T> inParallel(Callable<T> task) throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var results = new ArrayList<T>();
            for (var done :
                    threads.invokeAll(
                            IntStream.range(0, THREADS).mapToObj(index -> task).toList())) {
                results.add(done.get());
            }
            return results;
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
