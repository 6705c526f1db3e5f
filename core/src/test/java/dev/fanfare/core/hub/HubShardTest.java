package dev.fanfare.core.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.fanfare.core.broker.MemoryBroker;
import dev.fanfare.core.fake.CountingEncoder;
import dev.fanfare.core.fake.ManualClock;
import dev.fanfare.core.fake.ManualLoop;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubShardTest {
    private static final Channel NEWS = new Channel("news");
    private static final Channel SPORT = new Channel("sport");

    private final ManualLoop loop = new ManualLoop();
    private final List<String> observed = new ArrayList<>();
    private final Hub hub =
            new Hub(
                    new MemoryBroker(new ManualClock(), () -> "epoch"),
                    List.of(loop),
                    new HubObserver() {
                        @Override
                        public void delivered(List<Publication> publications, int deliveries) {
                            observed.add(publications.size() + " to " + deliveries);
                        }

                        @Override
                        public void failed(Channel channel, RuntimeException cause) {
                            observed.add(channel + ": " + cause.getMessage());
                        }
                    });
    private final HubShard shard = hub.shards().getFirst();
    private final CountingEncoder plain = new CountingEncoder(true);
    private final CountingEncoder other = new CountingEncoder(true);

    @Test
    void encodesARunOnceForAllThatShareAnEncoder() {
        addMany(NEWS, plain, 10);
        addMany(NEWS, other, 5);
        publish(NEWS, "1", "2", "3");
        loop.runAll();
        assertThat(plain.encoded()).isEqualTo(1);
        assertThat(other.encoded()).isEqualTo(1);
    }

    @Test
    void closesEveryFrame() {
        addMany(NEWS, plain, 2);
        addMany(SPORT, other, 2);
        publish(NEWS, "1");
        publish(SPORT, "2");
        loop.runAll();
        assertThat(plain.open()).isZero();
        assertThat(other.open()).isZero();
    }

    @Test
    void makesARunOfConsecutivePublicationsOfOneChannel() {
        var news = add(NEWS);
        var sport = add(SPORT);
        publish(NEWS, "1", "2");
        publish(SPORT, "3");
        publish(NEWS, "4");
        loop.runAll();
        assertThat(news.runs()).containsExactly(List.of("1", "2"), List.of("4"));
        assertThat(sport.runs()).containsExactly(List.of("3"));
    }

    @Test
    void endsARunWhereTheAudienceChanges() {
        var subscriber = add(NEWS);
        publish(NEWS, StreamPosition.NONE, "1", Audience.EVERYONE);
        publish(NEWS, StreamPosition.NONE, "2", new Audience.ExceptUser("ann"));
        publish(NEWS, StreamPosition.NONE, "3", new Audience.ExceptUser("ann"));
        publish(NEWS, StreamPosition.NONE, "4", new Audience.ExceptUser("bob"));
        loop.runAll();
        assertThat(subscriber.runs())
                .containsExactly(List.of("1"), List.of("2", "3"), List.of("4"));
    }

    @Test
    void endsARunBeforeAGapOrARepeat() {
        var subscriber = add(NEWS);
        for (int offset : new int[] {1, 2, 4, 4, 5}) {
            var position = new StreamPosition("epoch", offset);
            publish(NEWS, position, String.valueOf(offset), Audience.EVERYONE);
        }
        publish(NEWS, new StreamPosition("next epoch", 6), "6", Audience.EVERYONE);
        loop.runAll();
        assertThat(subscriber.runs())
                .containsExactly(List.of("1", "2"), List.of("4"), List.of("4", "5"), List.of("6"));
    }

    @Test
    void deliversInOneTaskWhatCameBeforeItRan() {
        add(NEWS);
        publish(NEWS, "1", "2", "3");
        assertThat(loop.waiting()).isEqualTo(1);
        loop.runAll();
        assertThat(observed).containsExactly("3 to 3");
    }

    @Test
    void takesABoundedNumberAtATime() {
        add(NEWS);
        publish(NEWS, numbers(600));
        for (var expected : List.of("256 to 256", "256 to 256", "88 to 88")) {
            loop.runOne();
            assertThat(observed.getLast()).isEqualTo(expected);
        }
        assertThat(loop.waiting()).isZero();
    }

    @Test
    void takesABoundedNumberOfBytesAtATime() {
        var subscriber = add(NEWS);
        publish(NEWS, "x".repeat(100_000), "y".repeat(100_000), "z");
        loop.runOne();
        assertThat(observed).containsExactly("2 to 2");
        loop.runAll();
        assertThat(subscriber.runs()).hasSize(2);
    }

    @Test
    void keepsTheOrderWhenMoreComesBetweenTwoShares() {
        var subscriber = add(NEWS);
        publish(NEWS, numbers(300));
        loop.runOne();
        publish(NEWS, "last");
        loop.runAll();
        assertThat(subscriber.runs().stream().flatMap(List::stream))
                .containsExactlyElementsOf(
                        Stream.concat(Stream.of(numbers(300)), Stream.of("last")).toList());
    }

    @Test
    void flushesWhatItTouchedOnceAtTheEndOfADrain() {
        var flushes = new ArrayList<Integer>();
        var delivered = new ArrayList<Integer>();
        Outlet outlet = () -> flushes.add(delivered.size());
        shard.add(
                NEWS,
                new FakeSubscriber(plain) {
                    @Override
                    protected int deliver(Run run) {
                        if (delivered.isEmpty()) {
                            shard.touch(outlet);
                        }
                        delivered.add(run.size());
                        shard.flush(); // a turn of a session within the delivery
                        return run.size();
                    }
                });
        addMany(SPORT, plain, 1);
        publish(NEWS, "1");
        publish(SPORT, "2");
        publish(NEWS, "3");
        loop.runAll();
        assertThat(flushes).containsExactly(2);
    }

    @Test
    void flushesWhatAFlushHasTouched() {
        var flushed = new ArrayList<String>();
        shard.touch(
                () -> {
                    flushed.add("first");
                    shard.touch(() -> flushed.add("second"));
                    shard.flush();
                });
        shard.flush();
        assertThat(flushed).containsExactly("first", "second");
    }

    /** Thousands may be found slow at the same moment. */
    @Test
    void flushesAnyNumberOfOutletsThatEndTheirTurnsThemselves() {
        var flushed = new ArrayList<Integer>();
        for (int number = 0; number < 20_000; number++) {
            int outlet = number;
            shard.touch(
                    () -> {
                        flushed.add(outlet);
                        shard.flush();
                    });
        }
        shard.flush();
        assertThat(flushed).hasSize(20_000).doesNotHaveDuplicates();
    }

    @Test
    void flushesTheOthersInTheNextTurnWhenAFlushFails() {
        var flushed = new ArrayList<String>();
        shard.touch(() -> flushed.add("one"));
        shard.touch(
                () -> {
                    throw new IllegalStateException("broken");
                });
        assertThatIllegalStateException().isThrownBy(shard::flush).withMessage("broken");
        shard.flush();
        assertThat(flushed).containsExactly("one");
    }

    @Test
    void reportsAFailureAndDeliversEverythingElse() {
        var subscriber = add(NEWS);
        shard.add(
                SPORT,
                new FakeSubscriber(plain) {
                    @Override
                    protected int deliver(Run run) {
                        throw new IllegalStateException("broken");
                    }
                });
        publish(SPORT, "1");
        publish(NEWS, "2");
        loop.runAll();
        assertThat(subscriber.runs()).containsExactly(List.of("2"));
        assertThat(observed).containsExactly("sport: broken", "2 to 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void letsASubscriberLeaveWhileItIsDeliveredTo(int leaver) {
        var all = new ArrayList<FakeSubscriber>();
        for (int index = 0; index < 5; index++) {
            all.add(index == leaver ? leaving() : new FakeSubscriber(plain));
            shard.add(NEWS, all.getLast());
        }
        publish(NEWS, "1");
        loop.runAll();
        publish(NEWS, "2");
        loop.runAll();
        assertThat(all.remove(leaver).runs()).containsExactly(List.of("1"));
        assertThat(all)
                .allSatisfy(
                        stayed ->
                                assertThat(stayed.runs())
                                        .containsExactly(List.of("1"), List.of("2")));
    }

    @Test
    void letsAllLeaveWhileTheyAreDeliveredTo() {
        var all = Stream.generate(this::leaving).limit(100).toList();
        all.forEach(each -> shard.add(NEWS, each));
        publish(NEWS, "1");
        loop.runAll();
        assertThat(all).allSatisfy(each -> assertThat(each.runs()).hasSize(1));
        assertThat(hub.channels()).isZero();
    }

    @Test
    void deliversNothingThatWaitedForOneWhoHasLeft() {
        var subscriber = add(NEWS);
        publish(NEWS, "1");
        shard.remove(NEWS, subscriber);
        loop.runAll();
        assertThat(subscriber.runs()).isEmpty();
        assertThat(observed).containsExactly("1 to 0");
    }

    @Test
    void findsEverySubscriberAgainInAnyOrderOfLeaving() {
        var all = new ArrayList<>(addMany(NEWS, plain, 50));
        Collections.rotate(all, 17);
        for (var each : all) {
            shard.remove(NEWS, each);
        }
        assertThat(hub.channels()).isZero();
    }

    private FakeSubscriber leaving() {
        return new FakeSubscriber(plain) {
            @Override
            protected int deliver(Run run) {
                shard.remove(NEWS, this);
                return super.deliver(run);
            }
        };
    }

    private FakeSubscriber add(Channel channel) {
        return addMany(channel, plain, 1).getFirst();
    }

    private List<FakeSubscriber> addMany(Channel channel, CountingEncoder encoder, int count) {
        var all = Stream.generate(() -> new FakeSubscriber(encoder)).limit(count).toList();
        all.forEach(each -> shard.add(channel, each));
        return all;
    }

    private void publish(Channel channel, String... texts) {
        for (var text : texts) {
            publish(channel, StreamPosition.NONE, text, Audience.EVERYONE);
        }
    }

    private void publish(Channel channel, StreamPosition position, String text, Audience audience) {
        var message = new Message("id", null, Payload.json(text), null, audience);
        hub.onPublication(new Publication(channel, position, 0, message));
    }

    private static String[] numbers(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toArray(String[]::new);
    }
}
