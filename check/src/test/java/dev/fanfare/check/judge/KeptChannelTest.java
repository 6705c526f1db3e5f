package dev.fanfare.check.judge;

import static dev.fanfare.check.judge.Play.CHAT;
import static dev.fanfare.check.judge.Play.NEWS;
import static dev.fanfare.check.judge.Play.SECOND;
import static dev.fanfare.check.judge.Play.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.check.history.Fault.Kind;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Publish;
import dev.fanfare.check.history.Subscription;
import dev.fanfare.check.history.Subscription.Recovery;
import org.junit.jupiter.api.Test;

/** What the judge says of channels with history. */
class KeptChannelTest {
    private final Play play = new Play();

    @Test
    void acceptsWhatIsDelivered() {
        listen("a").publishAndHear(1).publishAndHear(2);

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void seesThatAMessageIsPassedOver() {
        listen("a").publishAndHear(1);
        play.publish("m2", at(2)).publish("m3", at(3)).hear("a", "m3", at(3));

        assertThat(play.broken()).containsExactly(Rule.NOTHING_LOST);
    }

    @Test
    void seesThatTheLastMessageNeverCame() {
        listen("a").publishAndHear(1);
        play.publish("m2", at(2));

        assertThat(play.broken()).containsExactly(Rule.NOTHING_LOST);
    }

    @Test
    void doesNotAskForWhatHadNoTimeToCome() {
        listen("a").publishAndHear(1);
        play.publish("m2", at(2)).pause(SECOND / 2).disconnect("a");

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void waitsUntilNothingIsBroken() {
        listen("a").publishAndHear(1);
        play.publish("m2", at(2)).pause(SECOND / 2).fault(Kind.REDIS_CUT).pause(SECOND / 2);
        play.disconnect("a");

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void holdsWhoIsToldNoPositionsToWhatOthersAreTold() {
        play.connect("a").subscribe("a", NEWS, null);
        play.publish("m1", at(1)).publish("m2", at(2)).publish("m3", at(3));
        play.hear("a", NEWS, "m1").hear("a", NEWS, "m3");

        assertThat(play.broken()).containsExactly(Rule.NOTHING_LOST);
    }

    @Test
    void seesThatTheFirstMessageIsMissing() {
        play.connect("a").subscribe("a", NEWS, null);
        play.publish("m1", at(1)).publish("m2", at(2));
        play.hear("a", NEWS, "m2");

        assertThat(play.broken()).containsExactly(Rule.NOTHING_LOST);
    }

    @Test
    void seesThatNothingComesAtAll() {
        play.connect("a").subscribe("a", NEWS, null).publish("m1", at(1));

        assertThat(play.broken()).containsExactly(Rule.NOTHING_LOST);
    }

    @Test
    void seesARepeat() {
        listen("a").publishAndHear(1).publishAndHear(2);
        play.hear("a", "m1", at(1));

        assertThat(play.broken()).containsExactly(Rule.NOTHING_TWICE);
    }

    @Test
    void seesWhatTheClientSaidItHad() {
        play.publish("m1", at(1)).publish("m2", at(2)).connect("a");
        play.recover("a", at(1), at(2), Recovery.RECOVERED);
        play.hear("a", "m1", at(1)).hear("a", "m2", at(2));

        assertThat(play.broken()).containsExactly(Rule.NOTHING_TWICE);
    }

    @Test
    void seesThatTwoMessagesAreSwapped() {
        listen("a").publishAndHear(1);
        play.publish("m2", at(2)).publish("m3", at(3));
        play.hear("a", "m3", at(3)).hear("a", "m2", at(2));

        assertThat(play.broken()).containsExactly(Rule.ORDER);
    }

    @Test
    void seesTwoMessagesAtOnePosition() {
        listen("a").publishAndHear(1);
        play.publish("m2", at(1));

        assertThat(play.broken()).containsExactly(Rule.PLACES);
    }

    @Test
    void seesOneMessageAtTwoPositions() {
        long first = play.send(NEWS, "m1", "key");
        play.say(new Publish.Unknown(first, "lost"));
        listen("a");
        play.hear("a", "m1", at(1));
        play.acknowledge(play.send(NEWS, "m1", "key"), at(2)).hear("a", "m1", at(2));

        assertThat(play.broken()).containsExactly(Rule.PLACES);
    }

    @Test
    void acceptsThatAKeyGetsTheFirstAnswer() {
        listen("a");
        play.acknowledge(play.send(NEWS, "m1", "key"), at(1)).hear("a", "m1", at(1));
        play.acknowledge(play.send(NEWS, "m1", "key"), at(1));

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void seesThatPositionsAreSkipped() {
        play.publish("m1", at(1)).publish("m2", at(3));

        assertThat(play.broken()).containsExactly(Rule.PLACES);
    }

    @Test
    void acceptsThatAMessageOfUnknownFateMayBeThere() {
        play.say(new Publish.Unknown(play.send(NEWS, "m0", null), "lost"));
        play.publish("m1", at(1)).publish("m2", at(3));

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void seesThatPublishersAreNotInOrder() {
        play.publish("m1", at(2)).publish("m2", at(1));

        assertThat(play.broken()).containsExactly(Rule.ORDER);
    }

    @Test
    void acceptsAnyOrderOfWhatIsPublishedAtOnce() {
        long one = play.send(NEWS, "m1", null);
        long other = play.send(NEWS, "m2", null);
        play.acknowledge(one, at(2)).acknowledge(other, at(1));

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void acceptsANewEpochWhenRedisHasLostItsDataAndSubscribersAreTold() {
        listen("a").publishAndHear(1);
        play.fault(Kind.REDIS_FLUSHED).publish("m2", at("f", 1)).gap("a", NEWS, at("f", 1));
        play.publish("m3", at("f", 2)).hear("a", "m3", at("f", 2));

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void seesThatSubscribersAreNotToldOfANewEpoch() {
        listen("a").publishAndHear(1);
        play.fault(Kind.REDIS_FLUSHED).publish("m2", at("f", 1)).hear("a", "m2", at("f", 1));

        assertThat(play.broken()).containsExactly(Rule.TRUE_NOTICES);
    }

    @Test
    void seesThatSubscribersHearNothingOfANewEpoch() {
        listen("a").publishAndHear(1);
        play.fault(Kind.REDIS_FLUSHED).publish("m2", at("f", 1));

        assertThat(play.broken()).containsExactly(Rule.NOTHING_LOST);
    }

    @Test
    void seesANewEpochWithoutAReason() {
        listen("a").publishAndHear(1);
        play.fault(Kind.NODE_KILLED).publish("m2", at("f", 1)).gap("a", NEWS, at("f", 1));

        assertThat(play.broken()).containsExactly(Rule.EPOCHS);
    }

    @Test
    void seesAnEpochThatComesBack() {
        play.publish("m1", at(1)).fault(Kind.REDIS_LOST).publish("m2", at("f", 1));
        play.publish("m3", at(2));

        assertThat(play.broken()).contains(Rule.EPOCHS);
    }

    @Test
    void acceptsTheLastWordOfAnEpochThatIsOver() {
        listen("a");
        long attempt = play.send(NEWS, "m1", null);
        play.say(new Publish.Unknown(attempt, "lost")).fault(Kind.REDIS_FLUSHED);
        play.publish("m2", at("f", 1)).publish("m3", at("f", 2));
        play.hear("a", "m1", at(1)).gap("a", NEWS, at("f", 2));

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void acceptsThatAKeyIsForgottenWithTheData() {
        listen("a");
        play.acknowledge(play.send(NEWS, "m1", "key"), at(1)).hear("a", "m1", at(1));
        play.fault(Kind.REDIS_LOST).gap("a", NEWS, at("f", 0));
        play.acknowledge(play.send(NEWS, "m1", "key"), at("f", 1)).hear("a", "m1", at("f", 1));

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void acceptsARecoveryThatIsComplete() {
        play.publish("m1", at(1)).publish("m2", at(2)).connect("a");
        play.recover("a", at(0), at(2), Recovery.RECOVERED);
        play.hear("a", "m1", at(1)).hear("a", "m2", at(2));

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void seesARecoveryThatIsNot() {
        play.publish("m1", at(1)).publish("m2", at(2)).connect("a");
        play.recover("a", at(0), at(2), Recovery.RECOVERED).hear("a", "m2", at(2));

        assertThat(play.broken()).containsExactly(Rule.NOTHING_LOST);
    }

    @Test
    void seesARecoveryAcrossEpochs() {
        play.publish("m1", at(1)).fault(Kind.REDIS_LOST).publish("m2", at("f", 1)).connect("a");
        play.recover("a", at(1), at("f", 1), Recovery.RECOVERED);

        assertThat(play.broken()).containsExactly(Rule.TRUE_NOTICES);
    }

    @Test
    void seesThatARecoveryIsRefusedWithoutNeed() {
        play.publish("m1", at(1)).publish("m2", at(2)).connect("a");
        play.recover("a", at(1), at(2), Recovery.LOST);

        assertThat(play.broken()).containsExactly(Rule.TRUE_NOTICES);
    }

    @Test
    void acceptsThatARecoveryIsRefusedWhenMoreIsMissingThanIsKept() {
        publish(12);
        play.connect("a").recover("a", at(1), at(12), Recovery.LOST);

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void acceptsThatARecoveryIsRefusedWhenWhatIsMissingIsTooOld() {
        publish(2);
        play.pause(70 * SECOND).connect("a").recover("a", at(1), at(2), Recovery.LOST);

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void seesAGapWhereNothingWasLost() {
        listen("a").publishAndHear(1);
        play.gap("a", NEWS, at(1));

        assertThat(play.broken()).containsExactly(Rule.TRUE_NOTICES);
    }

    @Test
    void seesAGapWhereEverythingWasKept() {
        listen("a").publishAndHear(1);
        play.publish("m2", at(2)).fault(Kind.REDIS_CUT).gap("a", NEWS, at(2));

        assertThat(play.broken()).containsExactly(Rule.TRUE_NOTICES);
    }

    @Test
    void seesThatWhatComesAfterAGapIsNotComplete() {
        listen("a").publishAndHear(1);
        play.fault(Kind.REDIS_LOST).gap("a", NEWS, at("f", 0));
        play.publish("m2", at("f", 1)).publish("m3", at("f", 2)).hear("a", "m3", at("f", 2));

        assertThat(play.broken()).containsExactly(Rule.NOTHING_LOST);
    }

    @Test
    void holdsWhoContinuesOnConnectingToWhereItLeftOff() {
        play.publish("m1", at(1)).publish("m2", at(2)).publish("m3", at(3)).connect("a");
        play.recover("a", at(1), null, Recovery.UNTOLD).hear("a", "m3", at(3));

        assertThat(play.broken()).containsExactly(Rule.NOTHING_LOST);
    }

    @Test
    void seesWhatNobodyPublished() {
        listen("a");
        play.hear("a", "m1", at(1));

        assertThat(play.broken()).containsExactly(Rule.PUBLISHED);
    }

    @Test
    void seesWhatWasRefused() {
        listen("a");
        play.say(new Publish.Refused(play.send(NEWS, "m1", null), "no")).hear("a", "m1", at(1));

        assertThat(play.broken()).containsExactly(Rule.PUBLISHED);
    }

    @Test
    void seesWhatWasPublishedElsewhere() {
        listen("a");
        play.chat("m1").hear("a", "m1", at(1));

        assertThat(play.broken()).containsExactly(Rule.PUBLISHED);
    }

    @Test
    void seesWhatWasNotSubscribedTo() {
        listen("a");
        play.chat("m1").hear("a", CHAT, "m1");

        assertThat(play.broken()).containsExactly(Rule.PUBLISHED);
    }

    @Test
    void acceptsWhatWasOnItsWayWhenTheClientWantedNoMore() {
        listen("a").publishAndHear(1);
        play.publish("m2", at(2)).unsubscribe("a", NEWS).hear("a", "m2", at(2));

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void asksNothingForWhoIsPromisedNoWordWhileNodesAreBroken() {
        play.connect("a");
        play.say(new Subscription.Began("a", NEWS, null, at(0), Recovery.NOT_ASKED, false, false));
        play.fault(Kind.REDIS_CUT).publish("m1", at(1)).publish("m2", at(2));
        play.hear("a", "m2", at(2));

        assertThat(play.broken()).isEmpty();
    }

    private KeptChannelTest listen(String name) {
        play.connect(name).subscribe(name, NEWS, at(0));
        return this;
    }

    private KeptChannelTest publishAndHear(long offset) {
        Position position = at(offset);
        play.publish("m" + offset, position).hear("a", "m" + offset, position);
        return this;
    }

    private void publish(int count) {
        for (int offset = 1; offset <= count; offset++) {
            play.publish("m" + offset, at(offset));
        }
    }
}
