package dev.fanfare.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Authenticator;
import dev.fanfare.core.access.Grant;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.access.Tokens;
import dev.fanfare.core.fake.FakeConnection;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.model.TagsFilter;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Reply.Connected.Place;
import dev.fanfare.core.protocol.Request;
import dev.fanfare.core.session.Handshake.Verdict;
import dev.fanfare.core.session.SessionRules.Customs;
import dev.fanfare.core.session.SessionRules.Grace;
import dev.fanfare.core.session.SessionRules.Heartbeat;
import dev.fanfare.core.session.SessionRules.Loss;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Clients that say in band who they are, and what their protocol wants otherwise. */
class HandshakeTest {
    private static final Duration GRACE = Duration.ofSeconds(25);
    private static final SessionRules RULES =
            new SessionRules(
                    3,
                    5,
                    1_000,
                    8,
                    null,
                    new Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(8)),
                    new Customs(Loss.ENDS, true, new Grace(GRACE, GRACE), false));

    private static final Place PLACE = new Place("node", "secret");

    private final Server server = new Server();
    private final FakeConnection connection = new FakeConnection();
    private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    private final Handshake handshake =
            new Handshake(
                    server.loop, new FakeHost(), connection, server.shared, Duration.ofSeconds(10));
    private Authentication nextToken = new Authentication.Expired();
    private @Nullable Disconnect insteadOfRefusal;

    /** Answers with the verdict once there is one. */
    private final class FakeHost implements Handshake.Host {
        @Override
        public CompletionStage<Verdict> judge(String token) {
            return verdict;
        }

        @Override
        public @Nullable Disconnect insteadOf(Refusal refusal) {
            return insteadOfRefusal;
        }

        @Override
        public Session session(Identity identity) {
            var client = new ClientInfo("c1", identity.user());
            var peer = new Session.Peer(client, identity, connection, server.shared, PLACE);
            Authenticator authenticator = _ -> CompletableFuture.completedFuture(nextToken);
            return new Session(
                    server.loop, RULES, peer, null, new Tokens(authenticator, authenticator));
        }
    }

    @Test
    void wantsToHearWhoItIsFirst() {
        ask(new Command.PresenceStats("room:1"));

        assertThat(connection.closed()).isEqualTo(Disconnect.BAD_REQUEST);
    }

    @Test
    void cutsOffWhoStaysSilent() {
        server.sweepAfter(Duration.ofSeconds(9));
        assertThat(connection.closed()).isNull();

        server.sweepAfter(Duration.ofSeconds(1));
        assertThat(connection.closed()).isEqualTo(Disconnect.STALE);
    }

    @Test
    void keepsWhatCameWithConnectUntilItIsAnswered() {
        ask(connect(), new Command.Subscribe("news:a", null));
        assertThat(connection.take()).isEmpty();

        welcome("ann");

        assertThat(replies())
                .hasExactlyElementsOfTypes(Reply.Connected.class, Reply.Subscribed.class);
    }

    @Test
    void goesNoFurtherWithARefusedClient() {
        ask(connect());
        var refusal = new Refusal(ErrorCode.TOKEN_EXPIRED, "token", "an old one", "a new one");
        verdict.complete(new Verdict.Refused(refusal));
        server.thread.runAll();
        assertThat(replies().toList()).containsExactly(new Reply.Failed(refusal));

        ask(connect());
        assertThat(connection.closed()).isEqualTo(Disconnect.BAD_REQUEST);
    }

    @Test
    void cutsARefusedClientOffWhereItsProtocolHasNoAnswers() {
        insteadOfRefusal = Disconnect.EXPIRED;
        ask(connect());
        verdict.complete(
                new Verdict.Refused(new Refusal(ErrorCode.TOKEN_EXPIRED, "token", "old", "new")));
        server.thread.runAll();

        assertThat(replies()).isEmpty();
        assertThat(connection.closed()).isEqualTo(Disconnect.EXPIRED);
    }

    @Test
    void tellsWhereTheSessionIsToBeFound() {
        ask(connect());
        welcome("ann");

        var answer = (Reply.Connected) replies().findFirst().orElseThrow();
        assertThat(answer.place()).isEqualTo(PLACE);
        assertThat(answer.ping()).isEqualTo(25);
    }

    @Test
    void tellsWhenAllCommandsAreHandled() {
        connected("ann");
        server.broker.beLate();
        var handled = new ArrayList<String>();

        handshake.receive(
                List.of(
                        new Request("1", new Command.Subscribe("news:a", null)),
                        new Request("2", new Command.PresenceStats("room:1"))),
                () -> handled.add("all"));
        server.thread.runAll();
        assertThat(handled).isEmpty();

        server.broker.answerAll();
        server.thread.runAll();
        assertThat(handled).containsExactly("all");
        assertThat(replies()).hasSize(2);
    }

    @Test
    void tellsSoTooWhenTheClientGoesBeforeThat() {
        connected("ann");
        server.broker.beLate();
        var handled = new ArrayList<String>();
        var subscribe = new Request("1", new Command.Subscribe("news:a", null));
        handshake.receive(List.of(subscribe, subscribe), () -> handled.add("all"));
        server.thread.runAll();

        handshake.closed(Disconnect.CLOSED);
        assertThat(handled).containsExactly("all");

        handshake.receive(List.of(subscribe), () -> handled.add("late"));
        assertThat(handled).containsExactly("all", "late");
    }

    @Test
    void letsAClientSayOnlyOnceWhoItIs() {
        connected("ann");

        ask(connect());

        assertThat(connection.closed()).isEqualTo(Disconnect.BAD_REQUEST);
    }

    @Test
    void givesProposedChannelsWithWhatWasMissedAndPassesOverForbiddenOnes() {
        var first = server.publish("news:a", "1");
        server.publish("news:a", "2");
        ask(connect(new Command.Subscribe("news:a", first), subscribe("private:bob")));
        welcome("ann");

        var answer = (Reply.Connected) replies().findFirst().orElseThrow();
        assertThat(answer.channels())
                .singleElement()
                .satisfies(
                        channel -> {
                            assertThat(channel.recovery()).isEqualTo(Recovery.RECOVERED);
                            assertThat(channel.missed()).hasSize(1);
                            assertThat(channel.terms().start()).isEqualTo(first);
                        });
    }

    @Test
    void endsOverAProposalToChooseByTagsWhereNobodyMay() {
        var filter = new TagsFilter.Exists("kind");
        var options = new Command.Subscribe.Options("", true, true, false, false, filter, false);
        ask(connect(new Command.Subscribe("news:a", null, options)));
        welcome("ann");

        assertThat(connection.closed()).isEqualTo(Disconnect.BAD_REQUEST);
    }

    @Test
    void endsOverAProposedChannelThatThereIsNot() {
        ask(connect(subscribe("nowhere")));
        welcome("ann");

        assertThat(connection.closed()).isEqualTo(Disconnect.BAD_REQUEST);
    }

    @Test
    void leavesNothingBehindWhenTheClientGoesWhileItIsJudged() {
        ask(connect());
        handshake.closed(Disconnect.CLOSED);
        verdict.complete(new Verdict.Welcome(identity("ann", 0), List.of("news:a")));
        server.thread.runAll();

        server.assertNothingIsLeft();
    }

    @Test
    void leavesNothingBehindWhenTheClientGoesWhileItsChannelsAreOpened() {
        ask(connect(subscribe("news:a"), subscribe("room:a")));
        server.broker.beLate();
        welcome("ann");
        handshake.closed(Disconnect.CLOSED);
        server.broker.answerAll();
        server.thread.runAll();

        assertThat(replies()).isEmpty();
        server.assertNothingIsLeft();
    }

    @Test
    void takesNothingButAPongForAnAnswerToAPing() {
        connected("ann");
        server.sweepAfter(Duration.ofSeconds(26));
        assertThat(connection.take()).containsExactly(new Push.Ping());

        ask(new Command.Rpc());
        server.sweepAfter(Duration.ofSeconds(9));

        assertThat(connection.closed()).isEqualTo(Disconnect.NO_PONG);
    }

    @Test
    void mindsAPongThatNobodyAskedFor() {
        connected("ann");

        ask(new Command.Pong());

        assertThat(connection.closed()).isEqualTo(Disconnect.BAD_REQUEST);
    }

    @Test
    void waitsAWhileForTheSuccessorOfAnExpiredToken() {
        ask(connect());
        verdict.complete(
                new Verdict.Welcome(identity("ann", server.clock.millis() + 1_000), List.of()));
        server.thread.runAll();
        answerPings(Duration.ofSeconds(20));
        assertThat(connection.closed()).isNull();

        nextToken = new Authentication.Accepted(identity("ann", server.clock.millis() + 3_600_000));
        ask(new Command.Refresh("next"));
        answerPings(Duration.ofSeconds(20));
        assertThat(connection.closed()).isNull();
    }

    @Test
    void takesNoTokenOfAnotherUser() {
        connected("ann");
        nextToken = new Authentication.Accepted(identity("bob", Identity.NEVER));

        ask(new Command.Refresh("next"));

        assertThat(connection.closed()).isEqualTo(Disconnect.INVALID_TOKEN);
    }

    @Test
    void takesNoTokenThatGivesOtherChannels() {
        connected("ann");
        var grants = List.of(Grant.of("news:a"));
        nextToken =
                new Authentication.Accepted(
                        new Identity("ann", Map.of(), Identity.NEVER, Payload.NONE, grants));

        ask(new Command.Refresh("next"));

        assertThat(connection.closed()).isEqualTo(Disconnect.INSUFFICIENT_STATE);
    }

    @Test
    void endsASubscriptionWhoseTokenIsNotRefreshed() {
        connected("ann");
        var claims = Map.<String, Object>of("channel", "private:bob");
        long end = server.clock.millis() + 2_000;
        nextToken = new Authentication.Accepted(new Identity("ann", claims, end));
        var options = new Command.Subscribe.Options("token", true, true, false, false);
        ask(new Command.Subscribe("private:bob", null, options));
        assertThat(replies()).hasExactlyElementsOfTypes(Reply.Subscribed.class);

        var heard = answerPings(GRACE.plusSeconds(3));

        assertThat(heard)
                .filteredOn(Push.Unsubscribed.class::isInstance)
                .singleElement()
                .satisfies(
                        push ->
                                assertThat(((Push.Unsubscribed) push).why().code())
                                        .isEqualTo(2501));
    }

    @Test
    void refusesRatherThanNotToRecoverWhereTheClientWantsItSo() {
        server.publish("news:a", "1");
        connected("ann");
        var options = new Command.Subscribe.Options("", true, true, false, true);

        ask(new Command.Subscribe("news:a", new StreamPosition("other", 1), options));

        var answer = (Reply.Failed) replies().findFirst().orElseThrow();
        assertThat(answer.refusal().code()).isEqualTo(ErrorCode.UNRECOVERABLE);
    }

    @Test
    void recoversWithoutAnEpoch() {
        var first = server.publish("news:a", "1");
        server.publish("news:a", "2");
        connected("ann");

        ask(new Command.Subscribe("news:a", new StreamPosition("", first.offset())));

        var answer = (Reply.Subscribed) replies().findFirst().orElseThrow();
        assertThat(answer.recovery()).isEqualTo(Recovery.RECOVERED);
        assertThat(answer.missed()).hasSize(1);
    }

    private void connected(String user) {
        ask(connect());
        welcome(user);
        connection.take();
    }

    private void welcome(String user) {
        verdict.complete(new Verdict.Welcome(identity(user, Identity.NEVER), List.of()));
        server.thread.runAll();
    }

    private void ask(Command... commands) {
        handshake.receive(Stream.of(commands).map(each -> new Request("1", each)).toList());
        server.thread.runAll();
    }

    /** Lets the time pass, second by second, as a client that is there; tells what it heard. */
    private List<Output> answerPings(Duration time) {
        var heard = new ArrayList<Output>();
        for (long second = 0; second < time.toSeconds(); second++) {
            server.sweepAfter(Duration.ofSeconds(1));
            var now = connection.take();
            heard.addAll(now);
            now.stream()
                    .filter(Push.Ping.class::isInstance)
                    .forEach(ping -> ask(new Command.Pong()));
        }
        return heard;
    }

    private Stream<Reply> replies() {
        return connection.take().stream()
                .filter(Output.Answer.class::isInstance)
                .map(answer -> ((Output.Answer) answer).reply());
    }

    private static Command connect(Command.Subscribe... proposed) {
        return new Command.Connect("token", List.of(proposed));
    }

    private static Command.Subscribe subscribe(String channel) {
        return new Command.Subscribe(channel, null);
    }

    private static Identity identity(String user, long expiresAt) {
        return new Identity(user, Map.of(), expiresAt);
    }
}
