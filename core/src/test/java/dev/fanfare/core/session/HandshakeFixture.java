package dev.fanfare.core.session;

import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Authenticator;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.access.Tokens;
import dev.fanfare.core.fake.FakeConnection;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
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

/** One client that says in band who it is, and a host that a test decides for. */
abstract class HandshakeFixture {
    static final Duration GRACE = Duration.ofSeconds(25);
    static final SessionRules RULES =
            new SessionRules(
                    3,
                    5,
                    1_000,
                    8,
                    null,
                    new Heartbeat(Duration.ofSeconds(25), Duration.ofSeconds(8)),
                    new Customs(Loss.ENDS, true, new Grace(GRACE, GRACE), false));

    static final Place PLACE = new Place("node", "secret");

    final Server server = new Server();
    final FakeConnection connection = new FakeConnection();
    final CompletableFuture<Verdict> verdict = new CompletableFuture<>();
    final Handshake handshake =
            new Handshake(
                    server.loop, new FakeHost(), connection, server.shared, Duration.ofSeconds(10));
    Authentication nextToken = new Authentication.Expired();
    @Nullable Disconnect insteadOfRefusal;

    /** Answers with the verdict once there is one. */
    final class FakeHost implements Handshake.Host {
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

    void connected(String user) {
        ask(connect());
        welcome(user);
        connection.take();
    }

    void welcome(String user) {
        verdict.complete(new Verdict.Welcome(identity(user, Identity.NEVER), List.of()));
        server.thread.runAll();
    }

    void ask(Command... commands) {
        handshake.receive(Stream.of(commands).map(each -> new Request("1", each)).toList());
        server.thread.runAll();
    }

    /** Lets the time pass, second by second, as a client that is there; tells what it heard. */
    List<Output> answerPings(Duration time) {
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

    Stream<Reply> replies() {
        return connection.take().stream()
                .filter(Output.Answer.class::isInstance)
                .map(answer -> ((Output.Answer) answer).reply());
    }

    static Command connect(Command.Subscribe... proposed) {
        return new Command.Connect("token", List.of(proposed));
    }

    static Command.Subscribe subscribe(String channel) {
        return new Command.Subscribe(channel, null);
    }

    static Identity identity(String user, long expiresAt) {
        return new Identity(user, Map.of(), expiresAt);
    }
}
