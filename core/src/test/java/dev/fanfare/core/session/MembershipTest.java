package dev.fanfare.core.session;

import static dev.fanfare.core.session.FakeClient.wish;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.ChannelPattern;
import dev.fanfare.core.channel.ChannelRules;
import dev.fanfare.core.channel.VariableType;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.session.UserCommand.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Who comes and goes, as others hear of it. Channels: {@code hall:…} keep presence, {@code
 * street:…} do not, and on both everybody hears who comes and goes.
 */
class MembershipTest {
    private static final Payload ABOUT = Payload.json("{\"name\":\"Ann\"}");

    private final Server server = new Server(List.of(entry("hall", true), entry("street", false)));

    @Test
    void isAnnouncedOnceEachWay() {
        var bob = server.connected("bob", wish("hall:1"));
        var ann = server.connected("ann", wish("hall:1"));
        assertThat(bob.hears()).containsExactly("ann joined");
        ann.ask(new Command.Unsubscribe("hall:1"));
        assertThat(bob.hears()).containsExactly("ann left");
        ann.subscribe("hall:1");
        assertThat(bob.hears()).containsExactly("ann joined");
    }

    @Test
    void isAnnouncedWherePresenceIsNotKept() {
        var bob = server.connected("bob", wish("street:1"));
        var ann = server.connected("ann", wish("street:1"));
        ann.ask(new Command.Unsubscribe("street:1"));
        assertThat(bob.hears()).containsExactly("ann joined", "ann left");
    }

    @Test
    void isNotAnnouncedBeforeTheMemberIsOut() {
        var bob = server.connected("bob", wish("hall:1"));
        var ann = server.connected("ann", wish("hall:1"));
        bob.hears();
        server.presence.breakDown();
        ann.ask(new Command.Unsubscribe("hall:1"));
        assertThat(bob.hears()).isEmpty();
        server.presence.mend();
        assertThat(bob.hears()).containsExactly("ann left");
    }

    @Test
    void isNotAnnouncedAgainWhenTheMemberHadExpired() {
        var bob = server.connected("bob", wish("hall:1"));
        var ann = server.connected("ann", wish("hall:1"));
        bob.hears();
        server.presence.expireAll();
        ann.ask(new Command.Unsubscribe("hall:1"));
        assertThat(bob.hears()).isEmpty();
    }

    @Test
    void isSpokenOfByTheStoreWhereTheNodeIsSilent() {
        var bob = server.connected("bob", wish("hall:1"), wish("room:1"));
        bob.hears();
        var channels = server.loop.channels();
        var cid = new ClientInfo("elsewhere", "cid");
        channels.onExpired(new Channel("hall:1"), cid);
        channels.onReturned(new Channel("hall:1"), cid);
        channels.onExpired(new Channel("room:1"), cid);
        channels.onExpired(new Channel("there is no such channel"), cid);
        assertThat(bob.hears()).containsExactly("cid left", "cid joined");
    }

    @Test
    void isNotHadWhereTheStoreCannotBeReached() {
        var bob = server.connected("bob", wish("hall:1"));
        var ann = server.connected("ann");
        bob.hears();
        server.presence.breakDown();
        ann.subscribe("hall:1");
        ann.ask(new Command.Presence("hall:1"));
        assertThat(ann.hears()).containsExactly("1 unavailable", "2 unavailable");
        assertThat(ann.session.subscriptionCount()).isZero();
        server.presence.mend();
        assertThat(bob.hears()).isEmpty();
        ann.subscribe("hall:1");
        assertThat(ann.hears()).containsExactly("3 NOT_ASKED at 0", "ann joined");
    }

    @Test
    void refusesTheConnectionThatWantsItWhereTheStoreCannotBeReached() {
        server.presence.breakDown();
        var ann = server.client("ann");
        assertThat(ann.open(wish("hall:1"))).isCompletedExceptionally();
        server.presence.mend();
        server.assertNothingIsLeft();
    }

    @Test
    void survivesThatOthersCannotSeeWhoAClientIsNow() {
        var ann = server.connected("ann", wish("hall:1"));
        ann.hears();
        server.presence.breakDown();
        var told = server.users.tell(new UserCommand.Refresh(Target.of("ann"), null, ABOUT));
        assertThat(ann.hears()).isEmpty();
        assertThat(told.toCompletableFuture()).isCompleted();
        ann.ask(new Command.Ping());
        assertThat(ann.hears()).containsExactly("1 pong");
    }

    @Test
    void survivesThatAMemberCannotBeTakenOut() {
        var ann = server.connected("ann", wish("hall:1"));
        server.presence.breakDown();
        ann.ask(new Command.Unsubscribe("hall:1"), new Command.Ping());
        assertThat(ann.hears()).containsExactly("1 left hall:1", "2 pong");
        ann.session.closed(Disconnect.CLOSED);
        server.presence.mend();
        server.assertNothingIsLeft();
    }

    private static Catalogue.Entry entry(String name, boolean presence) {
        var all = AccessRule.EVERYONE;
        return new Catalogue.Entry(
                ChannelPattern.parse(name + ":{name}", Map.of("name", VariableType.SEGMENT)),
                new ChannelRules(
                        new ChannelRules.Access(all, all, all, all),
                        Retention.NONE,
                        new ChannelRules.Members(presence, true, true),
                        ChannelRules.Continuity.USUAL,
                        new ChannelRules.Content(
                                Map.of(),
                                ChannelRules.Content.Format.SOMETHING,
                                ChannelRules.Content.Deltas.OFF,
                                false),
                        ChannelRules.Naming.USUAL));
    }
}
