package dev.fanfare.core.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.fake.ManualClock;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.StreamPosition;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MemoryBrokerTest extends BrokerContractTest {
    private static final Channel NEWS = new Channel("news");
    private static final Retention KEPT = new Retention(10, Duration.ofHours(1));
    private static final Duration LONG = Retention.REMEMBERED.plusSeconds(1);

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger epochs = new AtomicInteger();
    private final MemoryBroker broker = create();

    @Override
    protected MemoryBroker create() {
        return new MemoryBroker(clock, () -> "epoch" + epochs.incrementAndGet());
    }

    @Override
    protected void letPass(Duration time) {
        clock.advance(time);
    }

    @Test
    void forgetsAStreamThatNobodyUses() {
        publish();
        pass(LONG);
        assertThat(broker.size()).isZero();
    }

    @Test
    void startsAForgottenStreamWithANewEpoch() {
        var before = publish();
        pass(LONG);
        var after = publish();
        assertThat(after.sameEpoch(before)).isFalse();
        assertThat(after.offset()).isEqualTo(1);
    }

    @Test
    void remembersAStreamForADay() {
        var before = publish();
        pass(Retention.REMEMBERED);
        assertThat(top()).isEqualTo(before);
    }

    @Test
    void remembersAStreamForAsLongAsItsRulesSay() {
        var minute = new Retention(10, Duration.ofSeconds(1), Duration.ofMinutes(1));
        broker.publish(NEWS, message(), new PublishOptions(minute, null));
        pass(Duration.ofMinutes(1));
        assertThat(broker.size()).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        assertThat(broker.size()).isZero();
    }

    @Test
    void remembersAStreamThatIsRead() {
        var before = publish();
        pass(Duration.ofHours(20));
        assertThat(top()).isEqualTo(before);
        pass(Duration.ofHours(20));
        assertThat(top()).isEqualTo(before);
    }

    @Test
    void remembersAStreamThatIsListenedTo() {
        broker.subscribe(NEWS);
        var before = publish();
        pass(LONG);
        assertThat(top()).isEqualTo(before);
    }

    @Test
    void remembersAStreamThatWasListenedToUntilNow() {
        broker.subscribe(NEWS);
        var before = publish();
        pass(LONG);
        broker.unsubscribe(NEWS);
        pass(Duration.ofSeconds(1));
        assertThat(top()).isEqualTo(before);
        pass(LONG);
        assertThat(broker.size()).isZero();
    }

    @Test
    void remembersAStreamAsLongAsItKeepsSomething() {
        var twoDays = new Retention(10, Duration.ofDays(2));
        broker.publish(NEWS, message(), new PublishOptions(twoDays, null));
        pass(LONG);
        assertThat(broker.size()).isEqualTo(1);
    }

    @Test
    void remembersNothingOfChannelsWithoutHistory() {
        broker.publish(NEWS, message(), new PublishOptions(Retention.NONE, null));
        assertThat(broker.size()).isZero();
    }

    private void pass(Duration time) {
        clock.advance(time);
        broker.expire();
    }

    private StreamPosition publish() {
        return broker.publish(NEWS, message(), new PublishOptions(KEPT, null))
                .toCompletableFuture()
                .resultNow()
                .position();
    }

    private StreamPosition top() {
        return broker.history(NEWS, HistoryQuery.TOP, KEPT).toCompletableFuture().resultNow().top();
    }

    private static Message message() {
        return new Message("id", null, Payload.json("1"), null, Audience.EVERYONE);
    }
}
