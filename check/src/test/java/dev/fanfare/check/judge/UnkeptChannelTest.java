package dev.fanfare.check.judge;

import static dev.fanfare.check.judge.Play.CHAT;
import static dev.fanfare.check.judge.Play.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.check.history.Fault.Kind;
import dev.fanfare.check.history.Publish;
import dev.fanfare.check.history.Subscription;
import dev.fanfare.check.history.Subscription.Recovery;
import org.junit.jupiter.api.Test;

/** What the judge says of channels without history. */
class UnkeptChannelTest {
    private final Play play = new Play();

    @Test
    void acceptsWhatIsDelivered() {
        listen("a");
        play.chat("m1").hear("a", CHAT, "m1").chat("m2").hear("a", CHAT, "m2");

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void seesThatAMessageIsMissing() {
        listen("a");
        play.chat("m1").chat("m2").hear("a", CHAT, "m2");

        assertThat(play.broken()).containsExactly(Rule.NOTHING_LOST);
    }

    @Test
    void acceptsThatAMessageIsLostWhenAGapIsTold() {
        listen("a");
        play.chat("m1").fault(Kind.REDIS_CUT).gap("a", CHAT, null).chat("m2").hear("a", CHAT, "m2");

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void seesThatAMessageIsMissingAfterAGap() {
        listen("a");
        play.fault(Kind.REDIS_CUT).gap("a", CHAT, null).chat("m1").chat("m2").hear("a", CHAT, "m2");

        assertThat(play.broken()).containsExactly(Rule.NOTHING_LOST);
    }

    @Test
    void seesThatNoGapIsTold() {
        listen("a");
        play.chat("m1").fault(Kind.REDIS_CUT).chat("m2").hear("a", CHAT, "m2");

        assertThat(play.broken()).containsExactly(Rule.NOTHING_LOST);
    }

    @Test
    void asksNothingForWhoIsPromisedNoWordWhileNodesAreBroken() {
        play.connect("a");
        play.say(new Subscription.Began("a", CHAT, null, null, Recovery.NOT_ASKED, false, false));
        play.chat("m1").fault(Kind.REDIS_CUT).chat("m2").hear("a", CHAT, "m2");

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void seesAGapWhenNothingIsBroken() {
        listen("a");
        play.fault(Kind.REDIS_CUT).pause(2 * SECOND).gap("a", CHAT, null);

        assertThat(play.broken()).containsExactly(Rule.TRUE_NOTICES);
    }

    @Test
    void seesARepeat() {
        listen("a");
        play.chat("m1").hear("a", CHAT, "m1").hear("a", CHAT, "m1");

        assertThat(play.broken()).containsExactly(Rule.NOTHING_TWICE);
    }

    @Test
    void seesThatAKeyIsNotHeeded() {
        listen("a");
        publishWithKey();
        play.hear("a", CHAT, "m1");
        publishWithKey();
        play.hear("a", CHAT, "m1");

        assertThat(play.broken()).containsExactly(Rule.NOTHING_TWICE);
    }

    @Test
    void acceptsThatAKeyIsForgottenWithTheData() {
        listen("a");
        publishWithKey();
        play.hear("a", CHAT, "m1").fault(Kind.REDIS_LOST).gap("a", CHAT, null);
        publishWithKey();
        play.hear("a", CHAT, "m1");

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void seesThatTwoSubscribersDisagree() {
        listen("a");
        listen("b");
        long one = play.send(CHAT, "m1", null);
        long other = play.send(CHAT, "m2", null);
        play.acknowledge(one, null).acknowledge(other, null);
        play.hear("a", CHAT, "m1").hear("a", CHAT, "m2");
        play.hear("b", CHAT, "m2").hear("b", CHAT, "m1");

        assertThat(play.broken()).containsExactly(Rule.ORDER);
    }

    @Test
    void seesThatPublishersAreNotInOrder() {
        listen("a");
        play.chat("m1").chat("m2").hear("a", CHAT, "m2").hear("a", CHAT, "m1");

        assertThat(play.broken()).containsExactly(Rule.ORDER);
    }

    @Test
    void asksNothingOfWhatNobodyWasToldIsPublished() {
        listen("a");
        play.say(new Publish.Unknown(play.send(CHAT, "m1", null), "lost"));
        play.chat("m2").hear("a", CHAT, "m2");

        assertThat(play.broken()).isEmpty();
    }

    private void listen(String name) {
        play.connect(name).subscribe(name, CHAT, null);
    }

    private void publishWithKey() {
        play.acknowledge(play.send(CHAT, "m1", "key"), null);
    }
}
