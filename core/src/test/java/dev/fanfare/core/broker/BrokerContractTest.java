package dev.fanfare.core.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.StreamPosition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Broker} promises. */
public abstract class BrokerContractTest extends PublishOnceContractTest {
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
    void handsOverOnceAfterSubscribingAgain() throws Exception {
        broker.unsubscribe(news);
        get(broker.subscribe(news));
        get(broker.subscribe(news));
        publishMany(news, 2);
        assertThat(offsets(awaitReceived(news, 2))).containsExactly(1L, 2L);
    }
}
