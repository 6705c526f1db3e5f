package dev.fanfare.core.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.model.Version;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What every {@link Broker} promises about messages that come again: equal keys, and versions. */
public abstract class PublishOnceContractTest extends BrokerFixture {
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
}
