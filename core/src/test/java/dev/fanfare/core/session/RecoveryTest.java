package dev.fanfare.core.session;

import static dev.fanfare.core.session.FakeClient.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens at the seams: between history and live, and where something got lost. */
class RecoveryTest extends RecoveryFixture {
    @ParameterizedTest
    @EnumSource
    void subscribesWithoutGapOrRepeat(Moment moment) {
        var client = server.connected("ann");
        publishAt(moment);
        client.subscribe(NEWS, seen);
        publish();
        var all = String.join(" ", client.hears());
        assertThat(all).startsWith("1 RECOVERED at ").endsWith(expected(moment));
    }

    @ParameterizedTest
    @EnumSource
    void subscribesWithoutGapOrRepeatWhenTheBrokerIsLate(Moment moment) {
        var client = server.connected("ann");
        server.broker.beLate();
        publishAt(moment);
        client.subscribe(NEWS, seen);
        server.broker.answer(); // subscribed
        server.thread.runAll(); // what was published reaches the subscription before the answer
        publish();
        server.thread.runAll();
        server.broker.answerAll();
        assertThat(String.join(" ", client.hears()))
                .startsWith("1 RECOVERED at ")
                .endsWith(expected(moment));
    }

    @ParameterizedTest
    @EnumSource
    void opensWithoutGapOrRepeat(Moment moment) {
        var client = server.client("ann");
        publishAt(moment);
        client.connect(new Wish(NEWS, seen));
        publish();
        assertThat(String.join(" ", client.hears())).isEqualTo("in news:1 at 2" + expected(moment));
    }

    @ParameterizedTest
    @EnumSource
    void fillsAGapWithoutAnotherOrARepeat(Moment moment) {
        var client = server.connected("ann", new Wish(NEWS, seen));
        server.broker.lose(each -> each.position().offset() == 4);
        publish();
        publish();
        publishAt(moment);
        server.thread.runAll();
        publish();
        assertThat(client.hears()).isEqualTo(numbers(4, 6 + times(moment)));
        assertThat(server.broker.historyReads()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void fillsAGapWithoutAnotherOrARepeatWhenTheBrokerIsLate(Moment moment) {
        var client = server.connected("ann", new Wish(NEWS, seen));
        server.broker.lose(each -> each.position().offset() == 4);
        publish();
        publish();
        server.broker.beLate();
        publishAt(moment);
        assertThat(client.hears()).isEmpty();
        publish();
        server.thread.runAll();
        server.broker.answerAll();
        assertThat(client.hears()).isEqualTo(numbers(4, 6 + times(moment)));
    }

    private String expected(Moment moment) {
        return " " + String.join(" ", numbers(3, 4 + times(moment)));
    }

    @Test
    void missesNothingBetweenOpenAndStart() {
        var client = server.client("ann");
        assertThat(client.open(wish(NEWS), wish("room:1"))).isCompleted();
        publish();
        server.publish("room:1", "5");
        server.thread.runAll();
        publish();
        client.session.start();
        assertThat(client.hears())
                .containsExactly("in news:1 at 3", "in room:1 at 0", "4", "5", "5");
    }

    @Test
    void hearsNothingFromBeforeItSubscribed() {
        var client = server.connected("ann");
        client.subscribe(NEWS);
        assertThat(client.hears()).containsExactly("1 NOT_ASKED at 3");
    }

    @Test
    void recoversNothingWhereNothingWasMissed() {
        var client = server.connected("ann");
        client.subscribe(NEWS, publish());
        assertThat(client.hears()).containsExactly("1 RECOVERED at 4");
    }

    @Test
    void recoversWhereNothingWasMissedAndNothingIsKept() {
        var top = publish();
        server.clock.advance(Duration.ofHours(1));
        var client = server.connected("ann");
        client.subscribe(NEWS, top);
        assertThat(client.hears()).containsExactly("1 RECOVERED at 4");
    }

    @Test
    void recoversOnAChannelThatNeverHadAny() {
        var client = server.connected("ann", wish("news:2"));
        client.ask(new Command.Unsubscribe("news:2"));
        client.hears();
        var first = server.publish("news:2", "1");
        client.subscribe("news:2", new StreamPosition(first.epoch(), 0));
        assertThat(client.hears()).containsExactly("2 RECOVERED at 1 1");
    }

    @Test
    void losesWhatIsNoLongerKept() {
        server.clock.advance(Duration.ofHours(1));
        publish();
        var client = server.connected("ann", new Wish(NEWS, seen));
        client.subscribe("news:2", new StreamPosition("another epoch", 0));
        assertThat(client.hears()).containsExactly("1 LOST at 0");
        publish();
        assertThat(client.hears()).containsExactly("5");
    }

    @Test
    void tellsOfAGapWhenAConnectionBeginsWithOne() {
        server.removeHistory(NEWS);
        var client = server.client("ann");
        client.connect(new Wish(NEWS, seen));
        publish();
        assertThat(client.hears()).containsExactly("in news:1 at 3", "gap news:1 3", "4");
    }

    @Test
    void losesMoreThanMayBeReplayed() {
        for (int count = 0; count < Server.RULES.maxRecovered(); count++) {
            publish();
        }
        var client = server.connected("ann");
        client.subscribe(NEWS, seen);
        assertThat(client.hears()).containsExactly("1 LOST at 11");
    }

    @Test
    void recoversAsMuchAsMayBeReplayed() {
        for (int count = 1; count < Server.RULES.maxRecovered(); count++) {
            publish();
        }
        var client = server.connected("ann");
        client.subscribe(NEWS, seen);
        assertThat(client.hears()).containsExactly("1 RECOVERED at 10 3 4 5 6 7 8 9 10");
    }

    @Test
    void doesNotBelieveAPositionThatIsNotThereYet() {
        var client = server.connected("ann");
        client.subscribe(NEWS, new StreamPosition(seen.epoch(), 4));
        assertThat(client.hears()).containsExactly("1 LOST at 3");
    }

    @Test
    void canRecoverNothingWithoutHistory() {
        var client = server.connected("ann");
        client.subscribe("room:1", seen);
        server.publish("room:1", "4");
        assertThat(client.hears()).containsExactly("1 LOST at 0", "4");
    }

    @Test
    void tellsOfAGapThatHistoryCannotFill() {
        var client = server.connected("ann", new Wish(NEWS, seen));
        server.broker.lose(each -> each.position().offset() == 4);
        publish();
        server.removeHistory(NEWS);
        publish();
        assertThat(client.hears()).containsExactly("gap news:1 5");
        publish();
        assertThat(client.hears()).containsExactly("6");
    }

    @Test
    void endsASessionWhoseGapNobodyCanJudge() {
        var client = server.connected("ann", new Wish(NEWS, seen), wish("room:1"));
        server.broker.lose(each -> each.position().offset() == 4);
        publish();
        publish();
        server.broker.breakDown();
        assertThat(client.hears()).containsExactly("disconnected 3010");
        assertThat(client.connection.closed()).isEqualTo(Disconnect.INSUFFICIENT_STATE);
    }

    @Test
    void startsNothingMoreWhenTheFirstChannelHasEndedTheSession() {
        var client = server.client("ann");
        server.broker.lose(each -> each.position().offset() == 4);
        assertThat(client.open(wish(NEWS), wish("news:2"))).isCompleted();
        publish();
        publish();
        server.thread.runAll();
        server.broker.breakDown();
        client.session.start();
        assertThat(client.hears())
                .containsExactly("in news:1 at 3", "in news:2 at 0", "disconnected 3010");
    }

    @Test
    void dropsRepeatsWithoutAskingHistory() {
        var client = server.connected("ann", wish(NEWS));
        var publications = new ArrayList<Publication>();
        server.broker.lose(publications::add);
        publish();
        publish();
        publications.forEach(server.hub::onPublication);
        publications.forEach(server.hub::onPublication);
        int reads = server.broker.historyReads();
        assertThat(client.hears()).containsExactly("4", "5");
        assertThat(server.broker.historyReads()).isEqualTo(reads);
    }

    @Test
    void putsRightWhatComesInTheWrongOrder() {
        var client = server.connected("ann", wish(NEWS));
        var publications = new ArrayList<Publication>();
        server.broker.lose(publications::add);
        publish();
        publish();
        publications.reversed().forEach(server.hub::onPublication);
        assertThat(client.hears()).containsExactly("4", "5");
    }

    /** As from a server that was slow to hand over what another one has already forgotten. */
    @Test
    void passesOverWhatComesLateFromAStreamThatIsNoMore() {
        var late = new ArrayList<Publication>();
        server.broker.lose(late::add);
        publish();
        server.broker.lose(each -> false);
        var client = server.connected("ann", wish("news:2"));
        var old =
                new Publication(
                        new Channel("news:2"),
                        late.getFirst().position(),
                        0,
                        late.getFirst().message());
        server.hub.onPublication(old);
        assertThat(client.hears()).isEmpty();
        server.publish("news:2", "1");
        assertThat(client.hears()).containsExactly("1");
    }

    @Test
    void passesOverWhatIsNotMeantForItLive() {
        var client = server.connected("ann", wish(NEWS));
        var other = server.connected("bob", wish(NEWS));
        publish();
        server.publish(NEWS, "5", new Audience.ExceptUser("ann"));
        server.publish(NEWS, "6");
        assertThat(client.hears()).containsExactly("4", "6");
        assertThat(other.hears()).containsExactly("4", "5", "6");
        assertThat(server.broker.historyReads()).isEqualTo(2);
    }

    @Test
    void passesOverWhatIsNotMeantForItInTheReplay() {
        server.publish(NEWS, "4", new Audience.ExceptUser("ann"));
        var client = server.connected("ann");
        client.subscribe(NEWS, seen);
        assertThat(client.hears()).containsExactly("1 RECOVERED at 4 3");
        publish();
        var later = server.client("ann");
        later.connect(new Wish(NEWS, seen));
        assertThat(later.hears()).containsExactly("in news:1 at 2", "3", "4");
    }

    @Test
    void endsASessionThatHoldsBackTooMuch() {
        var client = server.client("ann");
        assertThat(client.open(wish(NEWS))).isCompleted();
        for (int count = 0; count < Server.RULES.maxWaiting(); count++) {
            publish();
        }
        server.thread.runAll();
        assertThat(client.connection.closed()).isNull();
        publish();
        server.thread.runAll();
        assertThat(client.connection.closed()).isEqualTo(Disconnect.INSUFFICIENT_STATE);
        assertThat(server.hub.channels()).isZero();
    }

    @Test
    void saysNothingMoreOfAChannelThatWasLeftWhileAGapWasFilled() {
        var client = server.connected("ann", wish(NEWS));
        server.broker.lose(each -> each.position().offset() == 4);
        publish();
        publish();
        var held = new AtomicBoolean();
        server.broker.afterHistory(() -> held.set(true));
        server.broker.beLate();
        server.thread.runAll();
        client.ask(new Command.Unsubscribe(NEWS));
        server.broker.answerAll();
        assertThat(held).isTrue();
        assertThat(client.hears()).containsExactly("1 left news:1");
    }
}
