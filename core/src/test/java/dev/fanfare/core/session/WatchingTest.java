package dev.fanfare.core.session;

import static dev.fanfare.core.session.FakeClient.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.ChannelPattern;
import dev.fanfare.core.channel.ChannelRules;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.session.SessionRules.Customs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Those who count as present on a channel without listening, and those who watch it unseen and must
 * not miss anybody. The channel is {@code online}.
 */
class WatchingTest {
    private static final List<String> ONLINE = List.of("online");
    private static final ClientInfo ELSEWHERE = new ClientInfo("elsewhere", "cid");
    private static final SessionRules WITHOUT_LOSS =
            new SessionRules(
                    Server.RULES.maxChannels(),
                    Server.RULES.maxWaiting(),
                    Server.RULES.maxPendingBytes(),
                    Server.RULES.maxRecovered(),
                    null,
                    Server.RULES.heartbeat(),
                    Customs.WITHOUT_LOSS);

    private final Server server = new Server(List.of(online()));

    @Test
    void whoAttendsIsPresentAndHearsNothing() {
        var watcher = watching();
        var ann = attending("ann");
        assertThat(server.presence.size()).isEqualTo(1);
        assertThat(watcher.hears()).containsExactly("ann joined");
        assertThat(ann.hears()).isEmpty();
        ann.session.closed(Disconnect.CLOSED);
        assertThat(watcher.hears()).containsExactly("ann left");
        assertThat(server.presence.size()).isZero();
    }

    @Test
    void whoIsGoneBeforeItBeganLeavesAsWell() {
        var watcher = watching();
        var ann = server.client("ann");
        var _ = ann.open();
        assertThat(ann.session.attend(ONLINE).toCompletableFuture()).isCompleted();
        ann.session.closed(Disconnect.CLOSED);
        assertThat(watcher.hears()).containsExactly("ann joined", "ann left");
    }

    @Test
    void nobodyAttendsWhereTheStoreCannotBeReached() {
        var ann = server.client("ann");
        var _ = ann.open();
        server.presence.breakDown();
        var attended = ann.session.attend(ONLINE).toCompletableFuture();
        assertThat(attended).isCompletedExceptionally();
        ann.session.closed(Disconnect.INTERNAL_ERROR);
        server.presence.mend();
        server.assertNothingIsLeft();
    }

    @Test
    void nobodyAttendsOfWhomOthersCannotHear() {
        var ann = server.client("ann");
        var _ = ann.open();
        server.broker.goAway();
        assertThat(ann.session.attend(ONLINE).toCompletableFuture()).isCompletedExceptionally();
        server.broker.mend();
        ann.session.closed(Disconnect.INTERNAL_ERROR);
        server.assertNothingIsLeft();
    }

    @Test
    void whoLeavesAtABadMomentIsSeenLeavingLater() {
        var watcher = watching();
        var ann = attending("ann");
        watcher.hears();
        server.broker.goAway();
        ann.session.closed(Disconnect.CLOSED);
        assertThat(watcher.hears()).isEmpty();
        server.sweepAfter(Duration.ofSeconds(2));
        server.broker.mend();
        server.sweepAfter(Duration.ofSeconds(2));
        assertThat(watcher.hears()).containsExactly("ann left");
        server.sweepAfter(Duration.ofSeconds(2));
        assertThat(watcher.hears()).isEmpty();
    }

    @Test
    void whoseNodeIsSilentIsSeenLeavingEvenIfThatCannotBeToldAtOnce() {
        var watcher = watching();
        server.broker.goAway();
        server.loop.channels().onExpired(new Channel("online"), ELSEWHERE);
        assertThat(watcher.hears()).isEmpty();
        server.sweepAfter(Duration.ofSeconds(2));
        server.broker.mend();
        server.sweepAfter(Duration.ofMillis(500));
        assertThat(watcher.hears()).isEmpty();
        server.sweepAfter(Duration.ofMillis(500));
        assertThat(watcher.hears()).containsExactly("cid left");
        server.sweepAfter(Duration.ofSeconds(2));
        assertThat(watcher.hears()).isEmpty();
    }

    @Test
    void nobodyHearsLateWhatIsNoLongerTrue() {
        var watcher = watching();
        server.broker.goAway();
        server.loop.channels().onExpired(new Channel("online"), ELSEWHERE);
        server.broker.mend();
        server.loop.channels().onReturned(new Channel("online"), ELSEWHERE);
        server.sweepAfter(Duration.ofSeconds(2));
        assertThat(watcher.hears()).containsExactly("cid joined");
    }

    @Test
    void whoWasLostAndIsInAgainIsSeenComingIfItAttends() {
        var watcher = watching();
        var ann = attending("ann");
        watcher.hears();
        server.loop.channels().onRestored(new Channel("online"), ann.session.client());
        server.loop.channels().onRestored(new Channel("online"), ELSEWHERE);
        assertThat(watcher.hears()).containsExactly("ann joined");
        ann.session.closed(Disconnect.CLOSED);
        server.loop.channels().onRestored(new Channel("online"), ann.session.client());
        assertThat(watcher.hears()).containsExactly("ann left");
    }

    @Test
    void whoWatchesIsNotSeen() {
        server.manyPerUser = true;
        var first = watching();
        var second = watching();
        assertThat(server.presence.size()).isZero();
        second.session.closed(Disconnect.CLOSED);
        assertThat(first.hears()).isEmpty();
        first.session.closed(Disconnect.CLOSED);
        server.assertNothingIsLeft();
    }

    @Test
    void whoWatchesHearsWhoCameWhileItWasOnItsWay() {
        var watcher = server.client(user("eve"), WITHOUT_LOSS);
        var _ = watcher.open(Wish.toWatch("online", null));
        server.thread.runAll();
        var ann = attending("ann");
        ann.session.closed(Disconnect.CLOSED);
        server.thread.runAll();
        watcher.session.start(List.of(new Push.Message(Payload.json("hello"))));
        assertThat(watcher.hears())
                .containsExactly("hello", "in online at 0", "ann joined", "ann left");
    }

    @Test
    void othersOnTheirWayAreNotToldOfWhomTheyCanAskFor() {
        var listener = server.client("eve");
        var _ = listener.open(wish("online"));
        server.thread.runAll();
        attending("ann");
        server.thread.runAll();
        listener.session.start();
        assertThat(listener.hears()).containsExactly("in online at 0", "eve joined");
    }

    @Test
    void whoWaitsTooLongStartsOver() {
        var watcher = server.client(user("eve"), WITHOUT_LOSS);
        var _ = watcher.open(Wish.toWatch("online", null));
        server.thread.runAll();
        for (int count = 0; count <= WITHOUT_LOSS.maxWaiting(); count++) {
            attending("user" + count);
        }
        server.thread.runAll();
        assertThat(watcher.session.closedBecause()).isEqualTo(Disconnect.INSUFFICIENT_STATE);
    }

    @Test
    void whoMayHaveMissedSomebodyStartsOver() {
        var watcher = watching();
        server.broker.comeBack(new Channel("online"));
        assertThat(watcher.hears()).containsExactly("disconnected 3010");
    }

    @Test
    void whoMayHaveMissedSomebodyOnTheWayStartsOver() {
        var watcher = server.client(user("eve"), WITHOUT_LOSS);
        var _ = watcher.open(Wish.toWatch("online", null));
        server.thread.runAll();
        server.broker.comeBack(new Channel("online"));
        server.thread.runAll();
        watcher.session.start();
        assertThat(watcher.hears()).containsExactly("in online at 0", "disconnected 3010");
    }

    @Test
    void whoLosesPublicationsStartsOver() {
        var position = server.publish("news:1", "1");
        for (int number = 2; number <= 20; number++) {
            server.publish("news:1", String.valueOf(number));
        }
        var watcher = server.client(user("eve"), WITHOUT_LOSS);
        var _ = watcher.open(Wish.toWatch("news:1", position));
        server.thread.runAll();
        watcher.session.start();
        assertThat(watcher.hears()).last().isEqualTo("disconnected 3010");
    }

    @Test
    void theGreetingComesBeforeWhatWasPublishedMeanwhile() {
        var ann = server.client("ann");
        var _ = ann.open(wish("news:1"));
        server.thread.runAll();
        server.publish("news:1", "meanwhile");
        server.thread.runAll();
        ann.session.start(List.of(new Push.Message(Payload.json("hello"))));
        server.publish("news:1", "after");
        assertThat(ann.hears()).containsExactly("hello", "in news:1 at 0", "meanwhile", "after");
    }

    private FakeClient watching() {
        var watcher = server.client(user("eve"), WITHOUT_LOSS);
        watcher.connect(Wish.toWatch("online", null));
        watcher.hears();
        return watcher;
    }

    private FakeClient attending(String name) {
        var client = server.client(name);
        var _ = client.open();
        assertThat(client.session.attend(ONLINE).toCompletableFuture()).isCompleted();
        client.session.start();
        return client;
    }

    private static Identity user(String name) {
        return new Identity(name, Map.of(), Identity.NEVER);
    }

    private static Catalogue.Entry online() {
        var all = AccessRule.EVERYONE;
        return new Catalogue.Entry(
                ChannelPattern.parse("online", Map.of()),
                new ChannelRules(
                        new ChannelRules.Access(all, all, all, all),
                        Retention.NONE,
                        new ChannelRules.Members(true, true, true),
                        ChannelRules.Continuity.USUAL,
                        new ChannelRules.Content(
                                Map.of(),
                                ChannelRules.Content.Format.SOMETHING,
                                ChannelRules.Content.Deltas.OFF,
                                false),
                        ChannelRules.Naming.USUAL));
    }
}
