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
    private static final Retention SOME = new Retention(10, Duration.ofHours(1));
    private static final Duration LONG = Retention.REMEMBERED.plusSeconds(1);

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger epochs = new AtomicInteger();
    private final MemoryBroker memory = create();

    @Override
    protected MemoryBroker create() {
        return new MemoryBroker(clock, () -> "epoch" + epochs.incrementAndGet());
    }

    @Override
    protected void letPass(Duration time) {
        clock.advance(time);
        ((MemoryBroker) broker).expire();
    }

    @Test
    void forgetsAStreamThatNobodyUses() {
        publish();
        pass(LONG);
        assertThat(memory.size()).isZero();
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
        memory.publish(NEWS, message(), new PublishOptions(minute, null));
        pass(Duration.ofMinutes(1));
        assertThat(memory.size()).isEqualTo(1);
        pass(Duration.ofSeconds(1));
        assertThat(memory.size()).isZero();
    }

    @Test
    void remembersAStreamThatIsListenedTo() {
        memory.subscribe(NEWS);
        var before = publish();
        pass(LONG);
        assertThat(top()).isEqualTo(before);
    }

    @Test
    void remembersAStreamThatWasListenedToUntilNow() {
        memory.subscribe(NEWS);
        var before = publish();
        pass(LONG);
        memory.unsubscribe(NEWS);
        pass(Duration.ofSeconds(1));
        assertThat(top()).isEqualTo(before);
        pass(LONG);
        assertThat(memory.size()).isZero();
    }

    @Test
    void remembersAStreamAsLongAsItKeepsSomething() {
        var twoDays = new Retention(10, Duration.ofDays(2));
        memory.publish(NEWS, message(), new PublishOptions(twoDays, null));
        pass(LONG);
        assertThat(memory.size()).isEqualTo(1);
    }

    @Test
    void remembersNothingOfChannelsWithoutHistory() {
        memory.publish(NEWS, message(), new PublishOptions(Retention.NONE, null));
        assertThat(memory.size()).isZero();
    }

    private void pass(Duration time) {
        clock.advance(time);
        memory.expire();
    }

    private StreamPosition publish() {
        return memory.publish(NEWS, message(), new PublishOptions(SOME, null))
                .toCompletableFuture()
                .resultNow()
                .position();
    }

    private StreamPosition top() {
        return memory.history(NEWS, HistoryQuery.TOP, SOME).toCompletableFuture().resultNow().top();
    }

    private static Message message() {
        return new Message("id", null, Payload.json("1"), null, Audience.EVERYONE);
    }
}
