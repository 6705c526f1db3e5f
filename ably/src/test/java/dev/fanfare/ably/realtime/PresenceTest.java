package dev.fanfare.ably.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.ably.channel.Author;
import dev.fanfare.ably.channel.PresenceLog;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.protocols.ably.Data;
import dev.fanfare.protocols.ably.Incoming;
import dev.fanfare.protocols.ably.MemberInfo;
import dev.fanfare.protocols.ably.WirePresence;
import dev.fanfare.protocols.ably.WirePresence.Action;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PresenceTest {
    private static final String NEWS = "news:1";

    private final ChannelNode node = new ChannelNode();
    private final FakeLine ann = node.line("ann");
    private final FakeLine bob = node.line("bob");

    private void bobListens() {
        bob.attach(NEWS);
        bob.hears();
    }

    @Test
    void isToldToAllWhoListen() {
        bobListens();
        ann.attach(NEWS);
        ann.enter(NEWS, null, "here");
        ann.update(NEWS, "ann", "away");
        ann.leave(NEWS, null);
        assertThat(bob.hears())
                .containsExactly(
                        "news:1 enter ann here", "news:1 update ann away", "news:1 leave ann away");
        assertThat(ann.hears()).contains("ack 0", "ack 1", "ack 2", "news:1 enter ann here");
    }

    @Test
    void isShownToWhoComesLater() {
        ann.enter(NEWS, null, "here");
        bob.attach(NEWS);
        assertThat(bob.hears())
                .containsExactly(
                        "attached news:1 psPS presence", "sync news:1 present ann here", "synced");
    }

    @Test
    void isShownAgainWhereThatIsAskedForAlsoWhereNobodyIsThere() {
        bobListens();
        bob.say(new Incoming.Sync(NEWS));
        ann.enter(NEWS, null, "here");
        bob.hears();
        bob.say(new Incoming.Sync(NEWS));
        bob.say(new Incoming.Sync("news:2"));
        assertThat(bob.hears()).containsExactly("sync news:1 present ann here", "synced");
    }

    @Test
    void isShownInPartsWhereThereAreMany() {
        var parts =
                MemberSync.parts(
                        NEWS,
                        "7",
                        IntStream.range(0, 250)
                                .mapToObj(i -> new ClientInfo("c" + i, "u" + i))
                                .toList(),
                        1);
        assertThat(parts).extracting("cursor").containsExactly("100", "200", "");
    }

    @Test
    void isShownInSmallerPartsWhereMembersSayMuch() {
        var parts =
                MemberSync.parts(
                        NEWS,
                        "7",
                        IntStream.range(0, 7)
                                .mapToObj(i -> saying("u" + i, "x".repeat(20_000)))
                                .toList(),
                        1);
        assertThat(parts).extracting("cursor").containsExactly("3", "6", "");
        var large = saying("ann", "x".repeat(2 * MemberSync.PART_BYTES));
        assertThat(MemberSync.parts(NEWS, "8", List.of(large, large), 1))
                .extracting("cursor")
                .containsExactly("1", "");
        assertThat(MemberSync.parts(NEWS, "9", List.of(), 1))
                .extracting("cursor")
                .containsExactly("");
    }

    private static ClientInfo saying(String clientId, String data) {
        return MemberInfo.client(
                new WirePresence(Action.ENTER, "c:0:0", clientId, "c", Data.text(data), 1, null));
    }

    @Test
    void isRefusedBeyondTheSizeOfMessages() {
        int most = ChannelNode.LIMITS.messageSize() - "ann".length();
        ann.enter(NEWS, null, "x".repeat(most));
        ann.update(NEWS, null, "x".repeat(most + 1));
        var half = new WirePresence(Action.UPDATE, null, null, null, Data.NONE, 0, half());
        ann.say(new Incoming.Presence(2, NEWS, List.of(half, half)));
        assertThat(ann.hears()).containsExactly("ack 0", "nack 1 40009/413", "nack 2 40009/413");
    }

    private static String half() {
        return "{\"a\":\"" + "x".repeat(ChannelNode.LIMITS.messageSize() / 2) + "\"}";
    }

    @Test
    void isRefusedForLongClientIds() {
        var any = node.line("*");
        any.enter(NEWS, "x".repeat(Author.LONGEST_CLIENT_ID), null);
        any.enter(NEWS, "x".repeat(Author.LONGEST_CLIENT_ID + 1), null);
        var own = node.line("x".repeat(Author.LONGEST_CLIENT_ID + 1));
        own.enter(NEWS, null, null);
        assertThat(any.hears()).containsExactly("nack 0 40009/413", "nack 1 40012/400");
        assertThat(own.hears()).containsExactly("nack 0 40012/400");
    }

    @Test
    void isToldToItsOwnConnectionWhateverThatHasAskedFor() {
        ann.attach(NEWS, "modes", "presence,publish");
        ann.hears();
        ann.enter(NEWS, null, null);
        bob.enter(NEWS, null, null);
        assertThat(ann.hears()).containsExactlyInAnyOrder("ack 0", "news:1 enter ann");
    }

    @Test
    void isOfNamedClientsOnly() {
        var any = node.line("*");
        any.enter(NEWS, null, null);
        any.enter(NEWS, "*", null);
        any.enter(NEWS, "cid", null);
        var nobody = node.line(null);
        nobody.enter(NEWS, null, null);
        nobody.enter(NEWS, "cid", null);
        ann.enter(NEWS, "bob", null);
        assertThat(any.hears()).containsExactly("nack 0 91000/400", "nack 1 40012/400", "ack 2");
        assertThat(nobody.hears()).containsExactly("nack 0 91000/400", "nack 1 40012/400");
        assertThat(ann.hears()).containsExactly("nack 0 40012/400");
    }

    @Test
    void isNeverSaidToBeAbsent() {
        bobListens();
        ann.present(0, NEWS, Action.ABSENT, null, null);
        assertThat(ann.hears()).containsExactly("nack 0 40000/400");
        assertThat(bob.hears()).isEmpty();
    }

    @Test
    void isRefusedWhereItIsNotAllowedNotAttachedForOrNotKept() {
        var reader = node.line("cid", "{\"*\":[\"subscribe\"]}");
        reader.enter(NEWS, null, null);
        ann.attach(NEWS, "modes", "subscribe");
        ann.hears();
        ann.enter(NEWS, null, null);
        ann.enter("bare:1", null, null);
        ann.enter("", null, null);
        assertThat(reader.hears()).containsExactly("nack 0 40160/401");
        assertThat(ann.hears())
                .containsExactly("nack 0 40165/401", "nack 1 40000/400", "nack 2 40010/400");
    }

    @Test
    void isPossibleForSoMany() {
        var any = node.line("*");
        for (int i = 0; i < ChannelNode.LIMITS.members(); i++) {
            any.enter(NEWS, "client" + i, null);
        }
        any.hears();
        any.enter(NEWS, "one more", null);
        any.update(NEWS, "client0", "still here");
        any.leave(NEWS, "client0");
        any.enter(NEWS, "one more", null);
        assertThat(any.hears()).containsExactly("nack 5 91003/400", "ack 6", "ack 7", "ack 8");
    }

    @Test
    void tellsEveryOneOfManyQuickUpdates() {
        bobListens();
        ann.enter(NEWS, null, "0");
        for (int i = 1; i <= 15; i++) {
            ann.update(NEWS, null, String.valueOf(i));
        }
        assertThat(bob.hears()).hasSize(16).last().isEqualTo("news:1 update ann 15");
    }

    @Test
    void outlivesTheTransportForAWhile() {
        ann.enter(NEWS, null, "here");
        bobListens();
        ann.cut();
        node.pass(Duration.ofSeconds(14));
        ann.comeBack();
        node.pass(Duration.ofSeconds(14));
        assertThat(bob.hears()).isEmpty();
        ann.cut();
        node.pass(Duration.ofSeconds(16));
        assertThat(bob.hears()).containsExactly("news:1 leave ann here");
    }

    @Test
    void isNotToldAgainWhereTheClientComesBackWithItsMembers() {
        ann.enter(NEWS, null, "here");
        bobListens();
        ann.cut();
        ann.comeBack();
        ann.present(1, NEWS, "c1:0:0", Action.ENTER, null, "here");
        assertThat(bob.hears()).isEmpty();
        ann.cut();
        node.pass(Duration.ofSeconds(16));
        ann.comeBack();
        ann.present(2, NEWS, ann.connectionId() + ":0:0", Action.ENTER, null, "here");
        assertThat(bob.hears()).containsExactly("news:1 leave ann here", "news:1 enter ann here");
        assertThat(ann.hears()).containsExactly("ack 0", "ack 1", "ack 2");
    }

    @Test
    void isNotToldAgainWhereItIsSentAgain() {
        bobListens();
        ann.enter(NEWS, null, "here");
        ann.update(NEWS, null, "away");
        bob.hears();
        ann.cut();
        ann.comeBack();
        ann.present(0, NEWS, Action.ENTER, null, "here");
        ann.present(1, NEWS, Action.UPDATE, null, "away");
        assertThat(bob.hears()).isEmpty();
        assertThat(ann.hears()).containsExactly("ack 0", "ack 1", "ack 0", "ack 1");
    }

    @Test
    void isNotToldAgainWhereAMemberThatHasLeftIsSentAgain() {
        bobListens();
        ann.enter(NEWS, null, "here");
        ann.leave(NEWS, null);
        assertThat(bob.hears()).hasSize(2);
        ann.cut();
        ann.comeBack();
        ann.present(0, NEWS, Action.ENTER, null, "here");
        ann.present(1, NEWS, Action.LEAVE, null, null);
        assertThat(bob.hears()).isEmpty();
        ann.present(2, NEWS, Action.ENTER, null, "back");
        assertThat(bob.hears()).containsExactly("news:1 enter ann back");
        assertThat(ann.hears()).containsExactly("ack 0", "ack 1", "ack 0", "ack 1", "ack 2");
    }

    @Test
    void isTriedAgainWhereItWasRefused() {
        bobListens();
        node.presence.breakDown();
        ann.enter(NEWS, null, "here");
        node.presence.mend();
        ann.enter("bare:1", null, null);
        ann.enter(NEWS, null, "there");
        bob.hears();
        assertThat(ann.hears()).containsExactly("nack 0 50003/503", "nack 1 40000/400", "ack 2");
        ann.cut();
        ann.comeBack();
        ann.present(0, NEWS, Action.ENTER, null, "here");
        ann.present(1, "bare:1", Action.ENTER, null, null);
        ann.present(2, NEWS, Action.ENTER, null, "there");
        assertThat(bob.hears()).isEmpty();
        assertThat(ann.hears()).containsExactly("ack 0", "nack 1 40000/400", "ack 2");
    }

    @Test
    void isSeenWhereItIsTriedAgainUnderTheSameNumber() {
        bobListens();
        node.presence.breakDown();
        ann.enter(NEWS, null, "here");
        node.presence.mend();
        ann.cut();
        ann.comeBack();
        ann.present(0, NEWS, Action.ENTER, null, "here");
        assertThat(bob.hears()).containsExactly("news:1 enter ann here");
        assertThat(ann.hears()).containsExactly("nack 0 50003/503", "ack 0");
        assertThat(node.presence.size()).isOne();
    }

    @Test
    void remembersOfSoManyThatTheyWereRefused() {
        var repeats = new Repeats();
        for (int i = 0; i <= Repeats.MOST_REFUSED; i++) {
            repeats.refuse(i);
        }
        repeats.add(Repeats.MOST_REFUSED + 1);
        assertThat(repeats.has(0)).isTrue();
        assertThat(repeats.has(1)).isFalse();
        assertThat(repeats.has(Repeats.MOST_REFUSED)).isFalse();
        assertThat(repeats.has(Repeats.MOST_REFUSED + 2)).isFalse();
    }

    @Test
    void endsWithItsConnectionAndWithDetach() {
        bobListens();
        bob.attach("news:2");
        ann.attach("news:2");
        ann.enter(NEWS, null, "1");
        ann.enter("news:2", null, "2");
        bob.hears();
        ann.say(new Incoming.Detach("news:2"));
        assertThat(bob.hears()).containsExactly("news:2 leave ann 2");
        ann.channels.end();
        assertThat(bob.hears()).containsExactly("news:1 leave ann 1");
        assertThat(node.presence.size()).isZero();
    }

    @Test
    void endsWhereItIsNotAllowedAnyMore() {
        bobListens();
        ann.enter(NEWS, null, null);
        bob.hears();
        ann.become(ChannelNode.access("ann", "{\"*\":[\"subscribe\"]}"));
        assertThat(bob.hears()).containsExactly("news:1 leave ann");
    }

    @Test
    void isAnsweredWhenTheStoreHasIt() {
        node.presence.breakDown();
        ann.enter(NEWS, null, null);
        assertThat(ann.hears()).containsExactly("nack 0 50003/503");
        node.presence.mend();
        ann.enter(NEWS, null, null);
        assertThat(ann.hears()).containsExactly("ack 1");
    }

    @Test
    void isLogged() {
        ann.enter(NEWS, null, "here");
        ann.update(NEWS, null, "away");
        ann.channels.end();
        var log = new PresenceLog(node.app.presenceHistory());
        var channel = node.app.channels().find(NEWS);
        var events =
                log
                        .read(channel, new HistoryQuery(null, 10, false))
                        .toCompletableFuture()
                        .resultNow()
                        .publications()
                        .stream()
                        .map(PresenceLog::event)
                        .toList();
        assertThat(events)
                .extracting(WirePresence::action)
                .isEqualTo(List.of(Action.ENTER, Action.UPDATE, Action.LEAVE));
        assertThat(events).extracting(WirePresence::clientId).containsOnly("ann");
    }

    /** Or it would have to begin anew when it comes back. */
    @Test
    void leavesClientsWhereTheyStand() {
        bob.attach(NEWS);
        bob.attach("[?rewind=0]news:1");
        node.publish(NEWS, "one");
        var serial = bob.serials.get(NEWS);
        ann.enter(NEWS, null, null);
        assertThat(bob.serials)
                .containsEntry(NEWS, serial)
                .containsEntry("[?rewind=0]news:1", serial);
    }

    @Test
    void showsTheMembersOfOtherProtocols() {
        var channel = node.app.channels().find(NEWS);
        var _ = node.app.channels().join(channel, new ClientInfo("client", "dee"));
        bob.attach(NEWS);
        assertThat(bob.hears()).contains("sync news:1 present dee");
    }
}
