package dev.fanfare.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fanfare.core.broker.MemoryBroker;
import dev.fanfare.core.fake.CountingEncoder;
import dev.fanfare.core.fake.ManualClock;
import dev.fanfare.core.fake.ManualLoop;
import dev.fanfare.core.fake.ReluctantBroker;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HubTest {
    private static final Channel NEWS = new Channel("news");

    private final ReluctantBroker broker =
            new ReluctantBroker(new MemoryBroker(new ManualClock(), () -> "epoch"));
    private final List<ManualLoop> loops =
            Stream.generate(ManualLoop::new).limit(Long.SIZE).toList();
    private final Hub hub = new Hub(broker, loops, HubObserver.NONE);
    private final HubShard first = hub.shards().getFirst();
    private final HubShard last = hub.shards().getLast();

    @Test
    void isSubscribedAtTheBrokerOnceWhileSomebodyListens() {
        var one = subscriber();
        var two = subscriber();
        var three = subscriber();
        first.add(NEWS, one);
        first.add(NEWS, two);
        last.add(NEWS, three);
        assertThat(broker.subscribed()).containsExactly(NEWS);
        first.remove(NEWS, one);
        last.remove(NEWS, three);
        assertThat(broker.subscribed()).containsExactly(NEWS);
        first.remove(NEWS, two);
        assertThat(broker.subscribed()).isEmpty();
        assertThat(hub.channels()).isZero();
    }

    @Test
    void subscribesAgainWhenSomebodyComesBack() {
        var one = subscriber();
        first.add(NEWS, one);
        first.remove(NEWS, one);
        first.add(NEWS, one);
        assertThat(broker.subscribed()).containsExactly(NEWS);
    }

    @Test
    void letsLaterSubscribersWaitForTheBrokerToo() {
        broker.beLate();
        var one = first.add(NEWS, subscriber()).toCompletableFuture();
        var two = first.add(NEWS, subscriber()).toCompletableFuture();
        var three = last.add(NEWS, subscriber()).toCompletableFuture();
        assertThat(Stream.of(one, two, three)).noneMatch(stage -> stage.isDone());
        broker.answerAll();
        assertThat(Stream.of(one, two, three)).allMatch(stage -> stage.isDone());
    }

    @Test
    void asksTheBrokerAgainWhileThoseItFailedAreStillThere() {
        broker.breakDown();
        var failed = first.add(NEWS, subscriber()).toCompletableFuture();
        broker.mend();
        var onTheSameShard = first.add(NEWS, subscriber()).toCompletableFuture();
        var onAnother = last.add(NEWS, subscriber()).toCompletableFuture();
        assertThat(failed).isCompletedExceptionally();
        assertThat(onTheSameShard).isCompleted();
        assertThat(onAnother).isCompleted();
        assertThat(broker.subscribes()).isEqualTo(2);
    }

    @Test
    void wakesOnlyShardsWithSubscribers() {
        last.add(NEWS, subscriber());
        hub.onPublication(publication(NEWS));
        hub.onPublication(publication(new Channel("sport")));
        assertThat(loops.subList(0, Long.SIZE - 1)).allMatch(loop -> loop.waiting() == 0);
        assertThat(loops.getLast().waiting()).isEqualTo(1);
    }

    @Test
    void deliversToEveryShardThatWantsAChannel() {
        var one = subscriber();
        var two = subscriber();
        first.add(NEWS, one);
        last.add(NEWS, two);
        hub.onPublication(publication(NEWS));
        loops.forEach(ManualLoop::runAll);
        assertThat(one.runs()).hasSize(1);
        assertThat(two.runs()).hasSize(1);
    }

    @Test
    void countsTheSubscribersOfEachChannelThatIsAskedFor() {
        var leaving = subscriber();
        first.add(NEWS, subscriber());
        first.add(NEWS, leaving);
        last.add(NEWS, subscriber());
        first.add(new Channel("sport"), subscriber());
        first.remove(NEWS, leaving);
        var some = hub.count(NEWS::equals).toCompletableFuture();
        var all = hub.count(channel -> true).toCompletableFuture();
        assertThat(some).isNotDone();
        loops.forEach(ManualLoop::runAll);
        assertThat(some).isCompletedWithValue(Map.of(NEWS, 2));
        assertThat(all).isCompletedWithValue(Map.of(NEWS, 2, new Channel("sport"), 1));
        assertThat(hub.subscriptions()).isEqualTo(3);
    }

    @Test
    void staysTrueWhenAllShardsComeAndGoAtOnce() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var shard : hub.shards()) {
                threads.execute(() -> comeAndGo(shard));
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(hub.channels()).isZero();
        assertThat(broker.subscribed()).isEmpty();
    }

    private static void comeAndGo(HubShard shard) {
        var subscriber = subscriber();
        for (int count = 0; count < 1_000; count++) {
            shard.add(NEWS, subscriber);
            shard.remove(NEWS, subscriber);
        }
    }

    @Test
    void hasOneTo64Shards() {
        var tooMany = Collections.nCopies(Long.SIZE + 1, loops.getFirst());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Hub(broker, tooMany, HubObserver.NONE))
                .withMessage("loops: 65 (expected: 1 to 64)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Hub(broker, List.of(), HubObserver.NONE));
        assertThat(IntStream.range(0, Long.SIZE))
                .allMatch(index -> hub.shards().get(index).loop().equals(loops.get(index)));
    }

    private static FakeSubscriber subscriber() {
        return new FakeSubscriber(new CountingEncoder(true));
    }

    private static Publication publication(Channel channel) {
        var message = new Message("id", null, Payload.json("1"), null, Audience.EVERYONE);
        return new Publication(channel, StreamPosition.NONE, 0, message);
    }
}
