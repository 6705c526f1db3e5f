package dev.fanfare.core.session;

import static dev.fanfare.core.session.FakeClient.wish;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.access.ChannelOption;
import dev.fanfare.core.access.Grant;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.ChannelPattern;
import dev.fanfare.core.channel.ChannelRules;
import dev.fanfare.core.channel.VariableType;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.session.UserCommand.Target;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a backend does to a user's connections. */
class UserCommandsTest {
    private static final Target ANN = Target.of("ann");
    private static final Payload ABOUT = Payload.json("{\"name\":\"Ann\"}");

    private final Server server = new Server(List.of(club()));

    UserCommandsTest() {
        server.manyPerUser = true;
    }

    /** {@code club:…} lets nobody in by itself, and says who comes and goes. */
    private static Catalogue.Entry club() {
        var nobody = new AccessRule.Nobody();
        var access = new ChannelRules.Access(nobody, nobody, nobody, nobody);
        return new Catalogue.Entry(
                ChannelPattern.parse("club:{name}", Map.of("name", VariableType.SEGMENT)),
                new ChannelRules(access, Retention.NONE, true, true, Map.of()));
    }

    @Test
    void givesAChannelWhateverItsRuleSays() {
        var ann = server.connected("ann");
        var bob = server.connected("bob");
        tell(subscribe(Grant.of("private:bob")));
        server.publish("private:bob", "1");
        assertThat(ann.hears()).containsExactly("in private:bob at 0", "1");
        assertThat(bob.hears()).isEmpty();
    }

    @Test
    void givesAChannelFromWhereTheBackendWants() {
        var since = server.publish("news:1", "1");
        server.publish("news:1", "2");
        server.publish("news:1", "3");
        var ann = server.connected("ann");
        tell(subscribe("news:1", since));
        assertThat(ann.hears()).containsExactly("in news:1 at 1", "2", "3");
    }

    @Test
    void givesAChannelFromNowOnWhereWhatTheBackendWantsIsNotKept() {
        server.publish("news:1", "1");
        var ann = server.connected("ann");
        tell(subscribe("news:1", new StreamPosition("another", 1)));
        server.publish("news:1", "2");
        assertThat(ann.hears()).containsExactly("in news:1 at 1", "2");
    }

    @Test
    void leavesAloneWhoHasTheChannelAlready() {
        var ann = server.connected("ann", wish("news:1"));
        tell(subscribe(Grant.of("news:1")));
        server.publish("news:1", "1");
        assertThat(ann.hears()).containsExactly("1");
        assertThat(ann.session.subscriptionCount()).isEqualTo(1);
    }

    @Test
    void givesAChannelOnceHoweverOftenItIsToldTo() {
        var ann = server.connected("ann");
        server.broker.beLate();
        var first = tell(subscribe(Grant.of("news:1")));
        var second = tell(subscribe(Grant.of("news:1")));
        assertThat(first).isNotDone();
        server.broker.answerAll();
        server.thread.runAll();
        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        server.publish("news:1", "1");
        assertThat(ann.hears()).containsExactly("in news:1 at 0", "1");
    }

    @Test
    void missesNothingOnceTheClientHasBeenTold() {
        var ann = server.connected("ann");
        server.broker.beLate();
        tell(subscribe(Grant.of("news:1")));
        server.publish("news:1", "1");
        server.thread.runAll();
        server.broker.answerAll();
        server.publish("news:1", "2");
        assertThat(ann.hears()).containsExactly("in news:1 at 1", "2");
    }

    @Test
    void whoIsGivenAChannelIsPresentComesAndGoes() {
        var watcher = server.connected("bob");
        var options = Map.of(ChannelOption.FORCE_PUSH_JOIN_LEAVE, true);
        tell(
                new UserCommand.Subscribe(
                        Target.of("bob"),
                        new Grant("club:1", Payload.NONE, Payload.NONE, options),
                        null,
                        Identity.NEVER));
        watcher.hears();
        server.connected("ann");
        tell(subscribe(new Grant("club:1", ABOUT, Payload.NONE, Map.of())));
        assertThat(watcher.hears()).containsExactly("ann joined");
        assertThat(members("club:1"))
                .filteredOn(member -> member.user().equals("ann"))
                .extracting(ClientInfo::channelInfo)
                .containsExactly(ABOUT);
        tell(new UserCommand.Unsubscribe(ANN, "club:1"));
        assertThat(watcher.hears()).containsExactly("ann left");
        assertThat(members("club:1")).extracting(ClientInfo::user).containsExactly("bob");
    }

    @Test
    void endsTheConnectionWhenAChannelThatWasGivenExpires() {
        var ann = server.connected("ann");
        tell(
                new UserCommand.Subscribe(
                        ANN, Grant.of("room:1"), null, server.clock.millis() + 5_000));
        server.sweepAfter(Duration.ofMillis(4_999));
        assertThat(ann.connection.closed()).isNull();
        server.sweepAfter(Duration.ofMillis(1));
        assertThat(ann.connection.closed()).isEqualTo(Disconnect.SUBSCRIPTION_EXPIRED);
        server.assertNothingIsLeft();
    }

    @Test
    void endsTheConnectionThatWouldHaveTooManyChannels() {
        var ann = server.connected("ann", wish("room:1"), wish("room:2"), wish("room:3"));
        tell(subscribe(Grant.of("room:4")));
        assertThat(ann.connection.closed()).isEqualTo(Disconnect.CHANNEL_LIMIT);
        server.assertNothingIsLeft();
    }

    @Test
    void saysSoWhenTheBrokerFails() {
        var ann = server.connected("ann");
        server.broker.breakDown();
        var told = tell(subscribe(Grant.of("news:1")));
        assertThat(told).isCompletedExceptionally();
        assertThat(ann.hears()).isEmpty();
        assertThat(server.hub.channels()).isZero();
    }

    @Test
    void givesNothingWhereTheSessionHasEndedMeanwhile() {
        var ann = server.connected("ann");
        server.broker.beLate();
        var told = tell(subscribe(Grant.of("room:1")));
        ann.session.closed(Disconnect.CLOSED);
        server.broker.answerAll();
        server.thread.runAll();
        assertThat(told).isCompleted();
        server.assertNothingIsLeft();
    }

    @Test
    void takesAChannelHoweverTheClientCameByIt() {
        var ann = server.connected("ann", wish("room:1"));
        ann.subscribe("room:2");
        ann.hears();
        tell(new UserCommand.Unsubscribe(ANN, "room:1"));
        tell(new UserCommand.Unsubscribe(ANN, "room:2"));
        tell(new UserCommand.Unsubscribe(ANN, "room:3"));
        assertThat(members("room:1")).isEmpty();
        assertThat(members("room:2")).isEmpty();
        server.publish("room:1", "1");
        assertThat(ann.hears()).containsExactly("out of room:1 2000", "out of room:2 2000");
        assertThat(ann.connection.closed()).isNull();
    }

    @Test
    void takesAChannelThatTheClientIsAboutToHave() {
        var ann = server.connected("ann");
        server.broker.beLate();
        ann.subscribe("room:1");
        server.thread.runAll();
        var told = tell(new UserCommand.Unsubscribe(ANN, "room:1"));
        assertThat(told).isNotDone();
        server.broker.answerAll();
        assertThat(ann.hears()).containsExactly("1 NOT_ASKED at 0", "out of room:1 2000");
        assertThat(told).isCompleted();
        assertThat(members("room:1")).isEmpty();
        assertThat(server.hub.channels()).isZero();
    }

    @Test
    void endsWhoIsSaidToHaveExpired() {
        var ann = server.connected("ann");
        tell(new UserCommand.Refresh(ANN, server.clock.millis(), Payload.NONE));
        assertThat(ann.connection.closed()).isEqualTo(Disconnect.EXPIRED);
    }

    @Test
    void letsAConnectionStayLonger() {
        var expiring = new Identity("ann", Map.of(), server.clock.millis() + 5_000);
        var ann = server.client(expiring, Server.RULES);
        ann.connect();
        tell(new UserCommand.Refresh(ANN, server.clock.millis() + 8_000, Payload.NONE));
        assertThat(ann.hears()).containsExactly("goes on for 8");
        server.sweepAfter(Duration.ofMillis(7_999));
        ann.ask(new Command.Ping());
        assertThat(ann.connection.closed()).isNull();
        server.sweepAfter(Duration.ofMillis(1));
        assertThat(ann.connection.closed()).isEqualTo(Disconnect.EXPIRED);
    }

    @Test
    void tellsOthersAnewWhoTheClientIs() {
        var expiring = new Identity("ann", Map.of(), server.clock.millis() + 5_000);
        var ann = server.client(expiring, Server.RULES);
        ann.connect(wish("room:1"));
        ann.hears();
        tell(new UserCommand.Refresh(ANN, null, ABOUT));
        assertThat(ann.hears()).isEmpty();
        assertThat(members("room:1")).extracting(ClientInfo::info).containsExactly(ABOUT);
        server.sweepAfter(Duration.ofSeconds(5));
        assertThat(ann.connection.closed()).isEqualTo(Disconnect.EXPIRED);
        server.assertNothingIsLeft();
    }

    @Test
    void doesNothingToSomebodyWhoIsNotMeant() {
        var ann = server.connected("ann");
        var nobody = new Target("ann", "another", "");
        tell(new UserCommand.Disconnect(nobody, Set.of(), Disconnect.FORCED));
        tell(new UserCommand.Subscribe(nobody, Grant.of("room:1"), null, Identity.NEVER));
        tell(new UserCommand.Refresh(nobody, 0L, Payload.NONE));
        assertThat(ann.hears()).isEmpty();
        assertThat(ann.connection.closed()).isNull();
    }

    private static UserCommand subscribe(Grant grant) {
        return new UserCommand.Subscribe(ANN, grant, null, Identity.NEVER);
    }

    private static UserCommand subscribe(String channel, @Nullable StreamPosition since) {
        return new UserCommand.Subscribe(ANN, Grant.of(channel), since, Identity.NEVER);
    }

    @CanIgnoreReturnValue
    private CompletableFuture<Void> tell(UserCommand command) {
        var told = server.users.tell(command).toCompletableFuture();
        server.thread.runAll();
        return told;
    }

    private Collection<ClientInfo> members(String channel) {
        return server.presence
                .members(new Channel(channel))
                .toCompletableFuture()
                .resultNow()
                .values();
    }
}
