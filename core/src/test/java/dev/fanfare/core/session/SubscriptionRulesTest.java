package dev.fanfare.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.access.ChannelOption;
import dev.fanfare.core.access.Grant;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.ChannelPattern;
import dev.fanfare.core.channel.ChannelRules;
import dev.fanfare.core.channel.ChannelRules.Access;
import dev.fanfare.core.channel.ChannelRules.Continuity;
import dev.fanfare.core.channel.ChannelRules.Continuity.Mode;
import dev.fanfare.core.channel.ChannelRules.Continuity.Offer;
import dev.fanfare.core.channel.ChannelRules.Members;
import dev.fanfare.core.channel.VariableType;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Command.Subscribe.Options;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.session.SessionRules.Customs;
import dev.fanfare.core.session.SessionRules.Loss;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a subscription is like, as the channel's rules, the client's wishes and its token say. */
class SubscriptionRulesTest {
    private static final Options WISHES = new Options("", true, true, true, false);
    private static final Payload INFO = Payload.json("{\"name\":\"Ann\"}");
    private static final Payload DATA = Payload.json("{\"hello\":1}");
    private static final SessionRules INSECURE =
            new SessionRules(
                    3,
                    5,
                    1_000,
                    8,
                    null,
                    Server.RULES.heartbeat(),
                    new Customs(Loss.ENDS, true, Customs.PLAIN.grace(), true));

    private final Server server =
            new Server(
                    List.of(
                            entry("off", continuity(Offer.OFF, Mode.STREAM, false)),
                            entry("forced", continuity(Offer.FORCED, Mode.STREAM, false)),
                            entry("cache", continuity(Offer.ALLOWED, Mode.CACHE, false)),
                            entry("automatic", continuity(Offer.FORCED, Mode.CACHE, true)),
                            membersPushed()));

    @Test
    void givesPositionsToThoseWhoAskWhereTheChannelLetsThem() {
        assertThat(subscribed(client(), "news:a", Options.NONE).terms().positioned()).isFalse();
        assertThat(subscribed(client(), "news:a", WISHES).terms().positioned()).isTrue();
        assertThat(subscribed(client(), "news:a", WISHES).terms().recoverable()).isTrue();
    }

    @Test
    void givesPositionsUnaskedWhereTheChannelForcesThem() {
        var terms = subscribed(client(), "forced:a", Options.NONE).terms();
        assertThat(terms.positioned()).isTrue();
        assertThat(terms.recoverable()).isTrue();
    }

    @Test
    void givesNoPositionsToThoseWhoMayNotReadTheHistoryOfAChannelWithoutThem() {
        var terms = subscribed(client(), "off:a", WISHES).terms();
        assertThat(terms.positioned()).isFalse();
        assertThat(terms.recoverable()).isFalse();
    }

    @Test
    void passesOverAWishToContinueWhereTheChannelHasNoRecovery() {
        var first = server.publish("off:a", "1");
        server.publish("off:a", "2");
        var answer = subscribed(client(), "off:a", first, WISHES);
        assertThat(answer.recovery()).isEqualTo(Recovery.NOT_ASKED);
        assertThat(answer.missed()).isEmpty();
    }

    @Test
    void recoversACacheFromItsNewestPublicationAlone() {
        server.publish("cache:a", "1");
        server.publish("cache:a", "2");
        var third = server.publish("cache:a", "3");
        var answer = subscribed(client(), "cache:a", new StreamPosition("long ago", 7), WISHES);
        assertThat(answer.recovery()).isEqualTo(Recovery.RECOVERED);
        assertThat(answer.missed()).extracting(each -> each.position()).containsExactly(third);
        assertThat(answer.terms().start().offset()).isEqualTo(2);
    }

    @Test
    void sendsNothingToWhomTheCacheHasNothingNew() {
        var newest = server.publish("cache:a", "1");
        var answer = subscribed(client(), "cache:a", newest, WISHES);
        assertThat(answer.recovery()).isEqualTo(Recovery.RECOVERED);
        assertThat(answer.missed()).isEmpty();
    }

    @Test
    void cannotRecoverACacheThatIsGone() {
        var first = server.publish("cache:a", "1");
        server.publish("cache:a", "2");
        server.removeHistory("cache:a");
        var answer = subscribed(client(), "cache:a", first, WISHES);
        assertThat(answer.recovery()).isEqualTo(Recovery.LOST);
        assertThat(answer.position().offset()).isEqualTo(2);
    }

    @Test
    void sendsTheCacheUnaskedWhereTheChannelSaysSo() {
        server.publish("automatic:a", "1");
        var answer = subscribed(client(), "automatic:a", Options.NONE);
        assertThat(answer.recovery()).isEqualTo(Recovery.RECOVERED);
        assertThat(answer.missed()).hasSize(1);
        assertThat(subscribed(client(), "automatic:b", Options.NONE).missed()).isEmpty();
    }

    @Test
    void takesAGrantsOptionsBeforeTheChannels() {
        var grant =
                new Grant(
                        "off:a",
                        Payload.NONE,
                        DATA,
                        Map.of(ChannelOption.FORCE_RECOVERY, true, ChannelOption.PRESENCE, false));
        var client = client(new Identity("ann", Map.of(), Identity.NEVER), Server.RULES);
        client.connect(Wish.of(grant));
        assertThat(client.connection.take())
                .singleElement()
                .isInstanceOfSatisfying(
                        Push.Subscribed.class,
                        push -> {
                            assertThat(push.terms().recoverable()).isTrue();
                            assertThat(push.terms().data()).isEqualTo(DATA);
                        });
        assertThat(server.presence.size()).isZero();
    }

    @Test
    void showsOthersTheInfoThatAGrantHasOfItsHolder() {
        var watcher = client();
        watcher.subscribe("pushed:a");
        watcher.hears();
        var client = server.client("bob");
        client.connect(Wish.of(new Grant("pushed:a", INFO, Payload.NONE, Map.of())));

        assertThat(joined(watcher)).extracting(ClientInfo::channelInfo).containsExactly(INFO);

        client.ask(new Command.Publish("pushed:a", null, Payload.json("1")));
        server.thread.runAll();
        assertThat(watcher.connection.take())
                .extracting(push -> ((Push.Published) push).publication().message().publisher())
                .extracting(ClientInfo::channelInfo)
                .containsExactly(INFO);
    }

    @Test
    void letsInsecureClientsDoEverythingButWhatANameForbids() {
        var client = client(Identity.ANONYMOUS, INSECURE);
        client.connect();
        client.ask(new Command.Subscribe("private:bob", null));
        client.ask(new Command.Publish("private:bob", null, Payload.json("1")));
        client.ask(new Command.Subscribe("$news:a", null));
        assertThat(client.hears())
                .containsExactly("1 NOT_ASKED at 0", "2 published 1", "3 permission_denied", "1");
    }

    @Test
    void doesNotLookAtTheTimeOfInsecureClients() {
        var client = client(new Identity("ann", Map.of(), 1), INSECURE);
        client.connect();
        server.sweepAfter(Duration.ofSeconds(5));
        assertThat(client.session.closedBecause()).isNull();
    }

    @Test
    void hearsAgainWhatWasLostOnTheWayWhenPositionsAreChecked() {
        var client = client();
        client.ask(new Command.Subscribe("news:a", null, WISHES));
        client.hears();
        server.broker.lose(publication -> true);
        server.publish("news:a", "1");
        assertThat(client.hears()).isEmpty();

        server.sweepAfter(Duration.ofSeconds(40));
        server.sweepAfter(Duration.ofSeconds(1));

        assertThat(client.hears()).contains("1");
    }

    private List<ClientInfo> joined(FakeClient client) {
        server.thread.runAll();
        return client.connection.take().stream()
                .map(push -> ((Push.Member) push).membership().client())
                .toList();
    }

    private FakeClient client() {
        var client = client(new Identity("ann", Map.of(), Identity.NEVER), Server.RULES);
        client.connect();
        client.connection.take();
        return client;
    }

    private FakeClient client(Identity identity, SessionRules rules) {
        return server.client(identity, rules);
    }

    private Reply.Subscribed subscribed(FakeClient client, String channel, Options options) {
        return subscribed(client, channel, null, options);
    }

    private Reply.Subscribed subscribed(
            FakeClient client, String channel, StreamPosition since, Options options) {
        client.ask(new Command.Subscribe(channel, since, options));
        server.thread.runAll();
        var answer = (Output.Answer) client.connection.take().getFirst();
        return (Reply.Subscribed) answer.reply();
    }

    private static Continuity continuity(Offer offer, Mode mode, boolean automatic) {
        return new Continuity(offer, offer, mode, automatic);
    }

    private static Catalogue.Entry entry(String name, Continuity continuity) {
        var access =
                new Access(
                        AccessRule.EVERYONE,
                        AccessRule.EVERYONE,
                        AccessRule.EVERYONE,
                        AccessRule.NOBODY);
        var usual = new ChannelRules(access, Server.KEPT, true, Map.of());
        return new Catalogue.Entry(
                pattern(name),
                new ChannelRules(
                        access,
                        usual.retention(),
                        usual.members(),
                        continuity,
                        usual.content(),
                        usual.naming()));
    }

    private static Catalogue.Entry membersPushed() {
        var everyone = AccessRule.EVERYONE;
        var access = new Access(everyone, everyone, AccessRule.NOBODY, everyone);
        var usual = new ChannelRules(access, Retention.NONE, true, true, Map.of());
        return new Catalogue.Entry(
                pattern("pushed"),
                new ChannelRules(
                        access,
                        usual.retention(),
                        new Members(true, true, true),
                        usual.continuity(),
                        usual.content(),
                        usual.naming()));
    }

    private static ChannelPattern pattern(String prefix) {
        return ChannelPattern.parse(prefix + ":{name}", Map.of("name", VariableType.SEGMENT));
    }
}
