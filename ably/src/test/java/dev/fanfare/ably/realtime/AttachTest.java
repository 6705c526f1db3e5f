package dev.fanfare.ably.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.protocols.ably.Flag;
import dev.fanfare.protocols.ably.Incoming;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttachTest {
    private static final String NEWS = "news:1";

    private final ChannelNode node = new ChannelNode();
    private final FakeLine ann = node.line("ann");

    @Test
    void isAnsweredAndFollowedByWhatIsPublished() {
        node.publish(NEWS, "before");
        ann.attach(NEWS);
        node.publish(NEWS, "one", "two");
        assertThat(ann.hears()).containsExactly("attached news:1 psPS", "news:1 one", "news:1 two");
    }

    @Test
    void isAlwaysAnsweredAndAppliesWhatIsAskedForInPlace() {
        ann.attach(NEWS);
        node.publish(NEWS, "one");
        ann.attach(NEWS, "modes", "publish");
        node.publish(NEWS, "two");
        ann.attach(NEWS, "modes", "subscribe");
        node.publish(NEWS, "three");
        assertThat(ann.hears())
                .containsExactly(
                        "attached news:1 psPS",
                        "news:1 one",
                        "attached news:1 p resumed {modes=publish}",
                        "attached news:1 s resumed {modes=subscribe}",
                        "news:1 three");
    }

    @Test
    void givesTheModesAskedForAsFarAsTheCapabilityAllows() {
        var bob = node.line("bob", "{\"news:*\":[\"subscribe\",\"presence\"]}");
        bob.attach(NEWS);
        bob.attach("news:2", Flag.SUBSCRIBE | Flag.PUBLISH, null);
        bob.attach("news:3", Flag.SUBSCRIBE, null, "modes", "presence,publish", "other", "x");
        assertThat(bob.hears())
                .containsExactly(
                        "attached news:1 sPS",
                        "attached news:2 s",
                        "attached news:3 P {modes=presence,publish}");
    }

    @Test
    void isRefusedWhereNothingIsAllowed() {
        var bob = node.line("bob", "{\"news:*\":[\"subscribe\"]}");
        bob.attach(NEWS, "modes", "publish");
        bob.attach("bare:1");
        assertThat(bob.hears()).containsExactly("error news:1 40160/401", "error bare:1 40160/401");
    }

    @Test
    void isRefusedWhereThereIsNoSuchChannel() {
        ann.attach("nowhere");
        ann.attach("");
        ann.attach(":news");
        ann.attach("[meta]news:1");
        assertThat(ann.hears())
                .containsExactly(
                        "error nowhere 40160/401",
                        "error  40010/400",
                        "error :news 40010/400",
                        "error [meta]news:1 40010/400");
    }

    @Test
    void isPossibleOnSoManyChannels() {
        ann.attach("news:1");
        ann.attach("news:2");
        ann.attach("news:3");
        ann.hears();
        ann.attach("news:4");
        assertThat(ann.hears()).containsExactly("error news:4 90021/429");
        ann.say(new Incoming.Detach("news:3"));
        ann.attach("news:4");
        assertThat(ann.hears()).containsExactly("detached news:3", "attached news:4 psPS");
    }

    @Test
    void endsWithDetach() {
        ann.attach(NEWS);
        ann.say(new Incoming.Detach(NEWS));
        node.publish(NEWS, "one");
        ann.say(new Incoming.Detach("news:2"));
        ann.say(new Incoming.Detach(""));
        assertThat(ann.hears())
                .containsExactly(
                        "attached news:1 psPS",
                        "detached news:1",
                        "detached news:2",
                        "error  40010/400");
        assertThat(broker()).isEmpty();
    }

    private Iterable<Channel> broker() {
        return node.broker.subscribed();
    }

    @Test
    void goesOnWhereTheClientHasLeftOff() {
        ann.attach(NEWS);
        node.publish(NEWS, "one");
        ann.hears();
        ann.cut();
        node.publish(NEWS, "two", "three");
        ann.comeBack();
        ann.attachAgain(NEWS);
        node.publish(NEWS, "four");
        assertThat(ann.hears())
                .containsExactly(
                        "attached news:1 psPS resumed backlog",
                        "news:1 two",
                        "news:1 three",
                        "news:1 four");
    }

    /** Or it would believe, cut off again, that it has heard what was never sent. */
    @Test
    void tellsTheClientWhereItsBacklogBegins() {
        node.publish(NEWS, "one");
        ann.attach(NEWS, "modes", "publish");
        var serial = ann.serials.get(NEWS);
        node.publish(NEWS, "two");
        ann.cut();
        ann.comeBack();
        ann.attach(NEWS, 0, serial, "modes", "publish");
        assertThat(ann.serials).containsEntry(NEWS, serial);
    }

    @Test
    void saysThatItCannotGoOnWhereTheClientHasLeftOff() {
        ann.attach(NEWS);
        ann.hears();
        ann.cut();
        node.publish(NEWS, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
        ann.comeBack();
        ann.attachAgain(NEWS);
        ann.attach("news:2", 0, "no serial");
        ann.attach("bare:1", 0, "00000000000000-000@");
        assertThat(ann.hears())
                .containsExactly(
                        "attached news:1 psPS 90003/404",
                        "attached news:2 psPS 90003/404",
                        "attached bare:1 psPS 90003/404");
    }

    @Test
    void saysThatMoreWasMissedThanIsSentAgain() {
        var busy = new ChannelNode(Catchup.MOST_RECOVERED * 2);
        var bob = busy.line("bob");
        bob.attach(NEWS);
        bob.hears();
        bob.cut();
        for (int i = 0; i <= Catchup.MOST_RECOVERED; i++) {
            busy.publish(NEWS, "m" + i);
        }
        bob.comeBack();
        bob.attachAgain(NEWS);
        assertThat(bob.hears()).containsExactly("attached news:1 psPS 90004/404");
    }

    @Test
    void showsNobodyWhatIsNotMeantForThem() {
        ann.attach(NEWS);
        node.publish(NEWS, "secret", new Audience.ExceptUser("ann"));
        ann.cut();
        node.publish(NEWS, "secret", new Audience.ExceptUser("ann"));
        node.publish(NEWS, "open");
        ann.comeBack();
        ann.attachAgain(NEWS);
        assertThat(ann.hears())
                .containsExactly(
                        "attached news:1 psPS",
                        "attached news:1 psPS resumed backlog",
                        "news:1 open");
    }

    @Test
    void staysWhereItIsWhenItHearsWhatIsNotKept() {
        ann.attach(NEWS);
        node.publish(NEWS, "one");
        var serial = ann.serials.get(NEWS);
        node.publishUnkept(NEWS, "two");
        assertThat(ann.hears()).containsExactly("attached news:1 psPS", "news:1 one", "news:1 two");
        assertThat(ann.serials).containsEntry(NEWS, serial);
    }

    @Test
    void missesNothingThatIsPublishedMeanwhile() {
        node.broker.afterHistory(() -> node.publish(NEWS, "meanwhile"));
        ann.attach(NEWS);
        assertThat(ann.hears()).containsExactly("attached news:1 psPS", "news:1 meanwhile");
    }

    @Test
    void fillsAGapWithoutAWord() {
        ann.attach(NEWS);
        node.broker.lose(publication -> true);
        node.publish(NEWS, "one");
        node.broker.lose(publication -> false);
        node.publish(NEWS, "two");
        assertThat(ann.hears())
                .containsExactly("attached news:1 psPS", "news:1 one", "news:1 two", "synced");
    }

    @Test
    void tellsOfAGapThatCannotBeFilled() {
        ann.attach(NEWS);
        ann.attach("bare:1");
        ann.hears();
        node.broker.lose(publication -> true);
        node.publish(NEWS, "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11");
        node.broker.comeBack(new Channel(NEWS), new Channel("bare:1"));
        node.run();
        node.publish(NEWS, "12");
        assertThat(ann.hears())
                .containsExactlyInAnyOrder(
                        "attached news:1 psPS 90003/404",
                        "synced",
                        "attached bare:1 psPS 90003/404",
                        "news:1 12");
    }

    @Test
    void isPutOffWhereTheBrokerCannotBeReached() {
        node.broker.goAway();
        ann.attach(NEWS);
        assertThat(ann.hears()).containsExactly("detached news:1 50003/503");
        node.broker.mend();
        ann.attach(NEWS);
        assertThat(ann.hears()).containsExactly("attached news:1 psPS");
    }

    @Test
    void waitsForTheBrokerWhereItHasAGap() {
        ann.attach(NEWS);
        ann.hears();
        node.broker.lose(publication -> true);
        node.publish(NEWS, "one");
        node.broker.lose(publication -> false);
        node.broker.goAway();
        node.publish(NEWS, "two");
        assertThat(ann.hears()).isEmpty();
        node.pass(Duration.ofSeconds(1));
        assertThat(ann.hears()).isEmpty();
        node.broker.mend();
        node.pass(Duration.ofSeconds(1));
        assertThat(ann.hears()).containsExactly("news:1 one", "news:1 two", "synced");
    }

    @Test
    void endsWhereNothingIsAllowedAnyMore() {
        ann.attach("news:1");
        ann.attach("news:2");
        ann.hears();
        ann.become(ChannelNode.access("ann", "{\"news:2\":[\"subscribe\"]}"));
        node.publish("news:1", "one");
        node.publish("news:2", "two");
        assertThat(ann.hears())
                .containsExactlyInAnyOrder(
                        "error news:1 40160/401",
                        "attached news:2 sS resumed",
                        "synced",
                        "news:2 two");
        ann.publish("news:2", "mine");
        assertThat(ann.hears()).containsExactly("nack 0 40160/401");
    }

    @Test
    void givesBackWhatWasAskedForWhenItIsAllowedAgain() {
        ann.attach(NEWS);
        ann.become(ChannelNode.access("ann", "{\"news:*\":[\"presence\"]}"));
        node.publish(NEWS, "unheard");
        ann.become(ChannelNode.access("ann", "{\"news:*\":[\"subscribe\",\"publish\"]}"));
        node.publish(NEWS, "heard");
        ann.publish(NEWS, "mine");
        assertThat(ann.hears())
                .containsExactly(
                        "attached news:1 psPS",
                        "attached news:1 P resumed",
                        "attached news:1 psS resumed",
                        "synced",
                        "news:1 heard",
                        "ack 0",
                        "news:1 mine");
    }

    @Test
    void doesNotEchoWhereThatIsNotWanted() {
        ann.echoes = false;
        ann.attach(NEWS);
        ann.publish(NEWS, "mine");
        node.publish(NEWS, "theirs");
        assertThat(ann.hears()).containsExactly("attached news:1 psPS", "ack 0", "news:1 theirs");
    }
}
