package dev.fanfare.check.judge;

import static dev.fanfare.check.judge.Play.CHAT;
import static dev.fanfare.check.judge.Play.NEWS;
import static dev.fanfare.check.judge.Play.SECOND;
import static dev.fanfare.check.judge.Play.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.check.history.Command.Kind;
import dev.fanfare.check.history.Connection;
import dev.fanfare.check.history.Fault;
import dev.fanfare.check.history.Presence;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the judge says of presence, of joins and leaves, and of commands. */
class ClientsTest {
    private final Play play = new Play();

    @Test
    void acceptsThatMembersAreTheConnectedClients() {
        listen("a");
        play.pause(4 * SECOND).members("a");

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void seesThatAClientIsMissing() {
        listen("a");
        play.pause(4 * SECOND).members();

        assertThat(play.broken()).containsExactly(Rule.PRESENCE);
    }

    @Test
    void seesThatAMemberHasGone() {
        listen("a");
        play.disconnect("a").pause(4 * SECOND).members("a");

        assertThat(play.broken()).containsExactly(Rule.PRESENCE);
    }

    @Test
    void seesThatAnotherConnectionOfTheUserIsThere() {
        listen("a");
        play.pause(4 * SECOND)
                .say(
                        new Presence.Read(
                                "node-2",
                                NEWS,
                                List.of(new Presence.Member("a", "other")),
                                5_000_000));

        assertThat(play.broken()).containsExactly(Rule.PRESENCE);
    }

    @Test
    void waitsForMembersOfADeadNodeToVanish() {
        listen("a");
        play.pause(4 * SECOND).fault(Fault.Kind.NODE_KILLED).cut("a");
        play.pause(2 * SECOND).members("a").pause(2 * SECOND).members();

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void acceptsThatWhoHasJustComeOrGoneMayBeThereOrNot() {
        listen("a");
        play.pause(4 * SECOND).disconnect("a").members("a").members();

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void acceptsThatEachChangeIsHeardOnce() {
        listen("a");
        play.pause(2 * SECOND).connect("b").subscribe("b", NEWS, at(0));
        play.say(joined("b")).pause(2 * SECOND).disconnect("b").say(left("b"));

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void seesThatAJoinIsHeardTwice() {
        listen("a");
        play.pause(2 * SECOND).connect("b").subscribe("b", NEWS, at(0));
        play.say(joined("b")).say(joined("b"));

        assertThat(play.broken()).containsExactly(Rule.JOINS_AND_LEAVES);
    }

    @Test
    void seesThatAJoinIsNotHeard() {
        listen("a");
        play.pause(2 * SECOND).connect("b").subscribe("b", NEWS, at(0));

        assertThat(play.broken()).containsExactly(Rule.JOINS_AND_LEAVES);
    }

    @Test
    void seesThatALeaveIsNotHeard() {
        listen("a");
        play.pause(2 * SECOND).connect("b").subscribe("b", NEWS, at(0)).say(joined("b"));
        play.pause(2 * SECOND).disconnect("b");

        assertThat(play.broken()).containsExactly(Rule.JOINS_AND_LEAVES);
    }

    @Test
    void seesThatSomebodyWhoIsThereIsSaidToHaveLeft() {
        listen("a");
        play.pause(2 * SECOND).connect("b").subscribe("b", NEWS, at(0)).say(joined("b"));
        play.pause(2 * SECOND).say(left("b"));

        assertThat(play.broken()).containsExactly(Rule.JOINS_AND_LEAVES);
    }

    @Test
    void acceptsThatAJoinIsLostWhenSomethingIsBroken() {
        listen("a");
        play.pause(2 * SECOND).fault(Fault.Kind.REDIS_CUT).connect("b");
        play.subscribe("b", NEWS, at(0));

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void acceptsACommandThatIsCarriedOut() {
        listen("a");
        play.command(Kind.DISCONNECT, "a", null).say(new Connection.Ended("a", false, 3000, "bye"));

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void seesThatADisconnectIsLost() {
        listen("a");
        play.command(Kind.DISCONNECT, "a", null);

        assertThat(play.broken()).containsExactly(Rule.COMMANDS);
    }

    @Test
    void seesThatWhoIsDisconnectedStillHears() {
        listen("a");
        play.command(Kind.DISCONNECT, "a", null).publish("m1", at(1)).hear("a", "m1", at(1));
        play.cut("a");

        assertThat(play.broken()).containsExactly(Rule.COMMANDS);
    }

    @Test
    void asksNothingOfConnectionsThatCameLater() {
        play.command(Kind.DISCONNECT, "a", null);
        listen("a");

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void seesThatAnUnsubscribeIsLost() {
        listen("a");
        play.command(Kind.UNSUBSCRIBE, "a", NEWS).publish("m1", at(1)).hear("a", "m1", at(1));

        assertThat(play.broken()).containsExactly(Rule.COMMANDS);
    }

    @Test
    void doesNotAskWhoIsUnsubscribedToHear() {
        listen("a");
        play.command(Kind.UNSUBSCRIBE, "a", NEWS).publish("m1", at(1));

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void acceptsASubscriptionByCommand() {
        listen("a");
        play.command(Kind.SUBSCRIBE, "a", CHAT).subscribe("a", CHAT, null);

        assertThat(play.broken()).isEmpty();
    }

    @Test
    void seesThatASubscriptionByCommandIsLost() {
        listen("a");
        play.command(Kind.SUBSCRIBE, "a", CHAT);

        assertThat(play.broken()).containsExactly(Rule.COMMANDS);
    }

    private void listen(String name) {
        play.connect(name).subscribe(name, NEWS, at(0));
    }

    private static Presence joined(String who) {
        return new Presence.Joined("a", NEWS, Play.member(who));
    }

    private static Presence left(String who) {
        return new Presence.Left("a", NEWS, Play.member(who));
    }
}
