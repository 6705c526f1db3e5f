package dev.fanfare.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.broker.BrokerListener;
import dev.fanfare.core.broker.MemoryBroker;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.fake.ManualClock;
import dev.fanfare.core.fake.ReluctantBroker;
import dev.fanfare.core.fake.ReluctantPresence;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.presence.MemoryPresence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a channel that keeps presence and has nothing about joining and leaving. */
class EnteringTest {
    private final ManualClock clock = new ManualClock();
    private final ReluctantBroker broker =
            new ReluctantBroker(new MemoryBroker(clock, () -> "epoch"));
    private final ReluctantPresence presence = new ReluctantPresence(new MemoryPresence());
    private final List<Membership> heard = new ArrayList<>();
    private final Channels channels =
            new Channels(
                    new Catalogue(
                            List.of(
                                    new Catalogue.Entry(
                                            ChannelPattern.parse("room", Map.of()),
                                            new ChannelRules(
                                                    new ChannelRules.Access(
                                                            AccessRule.EVERYONE,
                                                            AccessRule.EVERYONE,
                                                            AccessRule.EVERYONE,
                                                            AccessRule.EVERYONE),
                                                    Retention.NONE,
                                                    true,
                                                    Map.of())))),
                    broker,
                    presence,
                    () -> "id");
    private final ResolvedChannel room = channels.find("room");
    private final ClientInfo ann = new ClientInfo("client", "ann");
    private final ClientInfo annAway = ann.with(Payload.json("\"away\""));

    @BeforeEach
    void listen() {
        broker.start(
                new BrokerListener() {
                    @Override
                    public void onPublication(Publication publication) {}

                    @Override
                    public void onMembership(Channel channel, Membership membership) {
                        heard.add(membership);
                    }
                });
        broker.subscribe(room.channel());
    }

    @Test
    void isToldWithEveryChangeWhateverTheChannelHasAboutJoining() {
        channels.enter(room, ann);
        channels.update(room, annAway);
        assertThat(members()).containsExactly(annAway);
        channels.withdraw(room, annAway);
        assertThat(members()).isEmpty();
        assertThat(heard)
                .containsExactly(
                        new Membership.Joined(ann),
                        new Membership.Updated(annAway),
                        new Membership.Left(annAway));
    }

    @Test
    void isDoneBeforeItIsTold() {
        presence.breakDown();
        assertThat(channels.enter(room, ann).toCompletableFuture()).isCompletedExceptionally();
        presence.mend();
        channels.enter(room, ann);
        presence.breakDown();
        var out = channels.withdraw(room, ann).toCompletableFuture();
        assertThat(out).isNotDone();
        assertThat(heard).containsExactly(new Membership.Joined(ann));
        presence.mend();
        assertThat(out).isCompleted();
        assertThat(heard).last().isEqualTo(new Membership.Left(ann));
    }

    @Test
    void isToldLaterWhereTheBrokerCannotBeReached() {
        broker.goAway();
        assertThat(channels.enter(room, ann).toCompletableFuture()).isCompleted();
        assertThat(heard).isEmpty();
        broker.mend();
        channels.sweep(clock.millis());
        assertThat(heard).containsExactly(new Membership.Joined(ann));
    }

    @Test
    void isToldAgainWhenTheStoreHadLostTheMember() {
        channels.enter(room, ann);
        channels.onRestored(room.channel(), annAway);
        channels.withdraw(room, annAway);
        channels.onRestored(room.channel(), annAway);
        assertThat(heard)
                .containsExactly(
                        new Membership.Joined(ann),
                        new Membership.Joined(annAway),
                        new Membership.Left(annAway));
    }

    @Test
    void isNotEndedTwiceWhereTheStoreHasSaidSo() {
        channels.enter(room, ann);
        presence.expireAll();
        channels.withdraw(room, ann);
        assertThat(heard).containsExactly(new Membership.Joined(ann));
    }

    private Iterable<ClientInfo> members() {
        return channels.members(room).toCompletableFuture().resultNow().values();
    }
}
