package dev.fanfare.core.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.StreamPosition;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link Broker} promises about what it keeps, and for how long. */
public abstract class HistoryContractTest extends PublishOnceContractTest {
    /** An engine may know a stream somewhat longer than it must. */
    private static final Duration FORGOTTEN =
            Retention.REMEMBERED.plus(KEPT.age()).plus(Duration.ofHours(1));

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
    void keepsTheNewestOfVeryMany() throws Exception {
        var three = new Retention(3, Duration.ofMinutes(10));
        for (int count = 1; count <= 250; count++) {
            get(broker.publish(news, message("a"), new PublishOptions(three, null)));
        }
        var history = get(broker.history(news, new HistoryQuery(null, 10, true), three));
        assertThat(offsets(history.publications())).containsExactly(250L, 249L, 248L);
        var since = new HistoryQuery(history.top().at(10), 2, false);
        assertThat(offsets(get(broker.history(news, since, three)).publications()))
                .containsExactly(248L, 249L);
    }

    @Test
    void readsNothingTooOldInEitherDirection() throws Exception {
        var top = publishMany(news, 5).getLast();
        letPass(KEPT.age().dividedBy(2));
        publishMany(news, 5);
        letPass(KEPT.age().dividedBy(2).plusSeconds(1));
        assertThat(offsets(read(news, null, 2, false))).containsExactly(6L, 7L);
        assertThat(offsets(read(news, null, 10, true))).containsExactly(10L, 9L, 8L, 7L, 6L);
        assertThat(offsets(read(news, top.at(2), 1, false))).containsExactly(6L);
        assertThat(offsets(read(news, top.at(4), 10, true))).isEmpty();
    }

    @Test
    void readsNothingBeyondTheEnds() throws Exception {
        var top = publishMany(news, 3).getLast();
        assertThat(read(news, top.at(1), 10, true)).isEmpty();
        assertThat(read(news, top.at(0), 10, true)).isEmpty();
        assertThat(read(news, top.at(9), 10, false)).isEmpty();
        assertThat(offsets(read(news, top.at(9), 2, true))).containsExactly(3L, 2L);
    }

    @Test
    void takesCallsForAChannelInTheOrderTheyAreMade() throws Exception {
        var kept = new PublishOptions(KEPT, null);
        for (int count = 1; count <= 50; count++) {
            var _ = broker.publish(news, message("n" + count), kept);
        }
        var first = broker.history(news, HistoryQuery.NEWEST, KEPT);
        var _ = broker.removeHistory(news);
        var position = broker.publish(news, message("last"), kept);
        var second = broker.history(news, new HistoryQuery(null, 10, false), KEPT);

        assertThat(get(first).top().offset()).isEqualTo(50);
        assertThat(get(position).position().offset()).isEqualTo(51);
        assertThat(offsets(get(second).publications())).containsExactly(51L);
        assertThat(awaitReceived(news, 51))
                .extracting(publication -> publication.message().payload().toString())
                .startsWith("\"n1\"", "\"n2\"", "\"n3\"");
    }

    @Test
    void remembersWhereAStreamIsAfterNothingIsLeft() throws Exception {
        var before = publish(alone, "a");
        letPass(Retention.REMEMBERED.minusSeconds(1));
        assertThat(all(alone)).isEqualTo(new History(List.of(), before));
        assertThat(publish(alone, "b")).isEqualTo(before.next());
    }

    @Test
    void remembersAStreamThatIsRead() throws Exception {
        var before = publish(alone, "a");
        for (int reads = 0; reads < 3; reads++) {
            letPass(Duration.ofHours(20));
            assertThat(get(broker.history(alone, HistoryQuery.TOP, KEPT)).top()).isEqualTo(before);
        }
        assertThat(publish(alone, "b")).isEqualTo(before.next());
    }

    @Test
    void startsAForgottenStreamWithANewEpoch() throws Exception {
        var before = publishMany(alone, 3).getLast();
        letPass(FORGOTTEN);
        var after = publish(alone, "a");
        assertThat(after.sameEpoch(before)).isFalse();
        assertThat(after.offset()).isEqualTo(1);
        assertThat(offsets(all(alone).publications())).containsExactly(1L);
    }

    @Test
    void readsAForgottenStreamAsANewOne() throws Exception {
        var before = publishMany(alone, 3).getLast();
        letPass(FORGOTTEN);
        var history = all(alone);
        assertThat(history.top().sameEpoch(before)).isFalse();
        assertThat(history).isEqualTo(new History(List.of(), history.top().at(0)));
        assertThat(publish(alone, "a")).isEqualTo(history.top().next());
    }

    @Test
    void remembersAsLongAsTheRulesSay() throws Exception {
        var minute =
                new PublishOptions(
                        new Retention(10, Duration.ofSeconds(1), Duration.ofMinutes(1)), null);
        var before = get(broker.publish(alone, message("a"), minute)).position();
        letPass(Duration.ofSeconds(59));
        var next = get(broker.publish(alone, message("b"), minute)).position();
        assertThat(next).isEqualTo(before.next());
        letPass(Duration.ofSeconds(63));
        var after = get(broker.publish(alone, message("c"), minute)).position();
        assertThat(after.sameEpoch(before)).isFalse();
    }

    @Test
    void remembersAVersionAsLongAsTheEpoch() throws Exception {
        var before = publishVersion(alone, 5, "").position();
        letPass(Retention.REMEMBERED.minusSeconds(1));
        assertThat(publishVersion(alone, 5, "")).isEqualTo(new Published(before, true));
        letPass(FORGOTTEN);
        assertThat(publishVersion(alone, 5, "").repeated()).isFalse();
    }
}
