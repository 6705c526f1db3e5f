package dev.fanfare.core.session;

import static dev.fanfare.core.session.FakeClient.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Channel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of subscriptions when publications of their channels may have been missed. */
class InterruptionTest extends RecoveryFixture {
    @ParameterizedTest
    @EnumSource
    void getsWhatItMissedInAnInterruption(Moment moment) {
        var client = server.connected("ann", new Wish(NEWS, seen));
        server.broker.lose(each -> true);
        publish();
        server.thread.runAll();
        assertThat(client.hears()).isEmpty();
        publishAt(moment);
        server.broker.comeBack(new Channel(NEWS));
        assertThat(client.hears()).isEqualTo(numbers(4, 4 + times(moment)));
    }

    @Test
    void looksAgainWhenItWasInterruptedWhileItLooked() {
        var client = server.connected("ann");
        server.broker.beLate();
        client.subscribe(NEWS, seen);
        server.broker.answer(); // subscribed
        server.thread.runAll(); // history is read
        server.broker.lose(each -> true);
        publish();
        server.broker.comeBack(new Channel(NEWS));
        server.thread.runAll();
        server.broker.answerAll();
        server.thread.runAll();
        server.broker.answerAll();
        assertThat(client.hears()).last().isEqualTo("4");
    }

    @Test
    void staysWhileTheBrokerCannotTellWhatItMissed() {
        var client = server.connected("ann", new Wish(NEWS, seen));
        server.broker.lose(each -> true);
        publish();
        server.broker.goAway();
        server.broker.comeBack(new Channel(NEWS));
        assertThat(client.hears()).isEmpty();
        server.broker.mend();
        server.clock.advance(Duration.ofSeconds(2));
        server.loop.sweep();
        assertThat(client.hears()).containsExactly("4");
        assertThat(client.session.closedBecause()).isNull();
    }

    @Test
    void tellsOfAnInterruptionWhereNothingIsKept() {
        var client = server.connected("ann", wish("room:1"));
        server.broker.comeBack(new Channel("room:1"));
        server.publish("room:1", "after");
        assertThat(client.hears()).containsExactly("gap room:1 0", "after");
    }
}
