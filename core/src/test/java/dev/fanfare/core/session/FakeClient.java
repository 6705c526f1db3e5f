package dev.fanfare.core.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.access.Tokens;
import dev.fanfare.core.fake.FakeConnection;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Request;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A client and its connection: says what it wants, and puts into words what it hears. */
final class FakeClient {
    final FakeConnection connection = new FakeConnection();
    final Session session;
    private final Server server;
    private int tags;

    FakeClient(
            Server server, String id, Identity identity, SessionRules rules, FrameEncoder encoder) {
        this.server = server;
        var peer =
                new Session.Peer(
                        new ClientInfo(id, identity.user()), identity, connection, encoder);
        session =
                new Session(
                        server.loop,
                        rules,
                        peer,
                        server.manyPerUser ? null : server.rivals,
                        Tokens.NONE);
    }

    static Wish wish(String channel) {
        return new Wish(channel, null);
    }

    CompletableFuture<List<Refusal>> open(Wish... wishes) {
        return session.open(List.of(wishes)).toCompletableFuture();
    }

    void connect(Wish... wishes) {
        var refusals = open(wishes);
        server.thread.runAll();
        assertThat(refusals).isCompletedWithValue(List.of());
        session.start();
        server.thread.runAll();
    }

    /** Each with a tag of its own: 1, 2, 3 … */
    void ask(Command... commands) {
        for (var command : commands) {
            session.receive(List.of(new Request(String.valueOf(++tags), command)));
        }
    }

    void subscribe(String channel) {
        subscribe(channel, null);
    }

    void subscribe(String channel, StreamPosition since) {
        ask(new Command.Subscribe(channel, since));
    }

    /** What it has heard since it was last asked. */
    List<String> hears() {
        server.thread.runAll();
        return connection.take().stream().map(FakeClient::words).toList();
    }

    private static String words(Output output) {
        return switch (output) {
            case Output.Answer(var tag, var reply) -> tag + " " + words(reply);
            case Push.Subscribed(var channel, var terms) ->
                    "in " + channel + " at " + terms.start().offset();
            case Push.Published(var publication) -> words(publication);
            case Push.Delta(var publication, var base) ->
                    words(publication) + (base == null ? "" : " after " + words(base));
            case Push.Gap(var channel, var position) -> "gap " + channel + " " + position.offset();
            case Push.Member(_, Membership.Joined(var who), _) -> who.user() + " joined";
            case Push.Member(_, Membership.Left(var who), _) -> who.user() + " left";
            case Push.Member(_, Membership.Updated(var who), _) -> who.user() + " updated";
            case Push.Unsubscribed(var channel, var why) -> "out of " + channel + " " + why.code();
            case Push.Refreshed(var ttl) -> "goes on for " + ttl;
            case Push.Message(var payload) -> payload.toString();
            case Push.Ping() -> "ping";
            case Push.Disconnected(var why) -> "disconnected " + why.code();
        };
    }

    private static String words(Reply reply) {
        return switch (reply) {
            case Reply.Connected(var client, var ttl, _, var channels, _, _) ->
                    "in " + client + " for " + ttl + " with " + channels.size();
            case Reply.Refreshed(_, var ttl) -> "refreshed for " + ttl;
            case Reply.SubscriptionRefreshed(var ttl) -> "refreshed for " + ttl;
            case Reply.Stats(var clients, var users) -> clients + " of " + users;
            case Reply.Pong() -> "pong";
            case Reply.Subscribed(_, var position, var recovery, var missed, _) ->
                    recovery + " at " + position.offset() + words(missed);
            case Reply.Unsubscribed(var channel) -> "left " + channel;
            case Reply.Published(_, _, var position) -> "published " + position.offset();
            case Reply.Members(_, var members) -> "members " + members.size();
            case Reply.Past(_, var history) -> "past" + words(history.publications());
            case Reply.Failed(var refusal) -> refusal.code().word();
        };
    }

    private static String words(List<Publication> publications) {
        var words = new StringBuilder();
        publications.forEach(each -> words.append(' ').append(words(each)));
        return words.toString();
    }

    private static String words(Publication publication) {
        return publication.message().payload().toString();
    }
}
