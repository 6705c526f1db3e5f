package dev.fanfare.core.session;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.access.Tokens;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Request;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One client's conversation, from its admission to its end: opening, open, closed.
 *
 * <p>Whoever owns the socket calls {@link #open} with the channels wanted from the beginning, tells
 * the client it is in, calls {@link #start}, then {@link #receive} for what it reads and {@link
 * #closed} when the socket is gone. Everything happens on the session's event loop but {@link
 * #disconnectSoon}.
 */
public final class Session {
    /**
     * Who a session is for, and how it is talked to.
     *
     * @param place that the client is told with its answer; null where nothing else leads to it
     */
    public record Peer(
            ClientInfo client,
            Identity identity,
            Connection connection,
            FrameEncoder encoder,
            Reply.Connected.@Nullable Place place) {
        public Peer(
                ClientInfo client, Identity identity, Connection connection, FrameEncoder encoder) {
            this(client, identity, connection, encoder, null);
        }
    }

    private sealed interface State {}

    private record Opening(FirstChannels channels) implements State {}

    private record Open() implements State {}

    private record Closed(Disconnect why) implements State {}

    private final SessionLoop loop;
    private final SessionRules rules;
    private final Peer peer;
    private final @Nullable UserSessions rivals;
    private final Tokens tokens;
    private final Outbox outbox;
    private final Subscriptions subscriptions;
    private final Liveness liveness;
    private final Pass pass;
    private State state;
    private @Nullable Commands commands;

    /** Its place in its loop's list; −1: not there. */
    int slot = -1;

    /** Its neighbours in the {@link UserDirectory}, which alone may touch them. */
    @Nullable Session newer;

    @Nullable Session older;

    /**
     * @param rivals the endpoint's register of users that may have one connection each; null: they
     *     may have many
     * @param tokens judge what the client sends after its first token
     */
    public Session(
            SessionLoop loop,
            SessionRules rules,
            Peer peer,
            @Nullable UserSessions rivals,
            Tokens tokens) {
        this.loop = loop;
        this.rules = rules;
        this.peer = peer;
        this.rivals = rivals;
        this.tokens = tokens;
        pass = new Pass(peer.client(), peer.identity(), rules.customs());
        liveness = new Liveness(rules);
        outbox = new Outbox(this, loop, peer, rules.maxPendingBytes());
        subscriptions = new Subscriptions(this, loop, rules);
        state = new Opening(new FirstChannels(this, loop));
    }

    /** Any thread. */
    Peer peer() {
        return peer;
    }

    public ClientInfo client() {
        return pass.client();
    }

    public Identity identity() {
        return pass.identity();
    }

    /** Why it ended; null while it has not. */
    public @Nullable Disconnect closedBecause() {
        return state instanceof Closed(var why) ? why : null;
    }

    public int subscriptionCount() {
        return subscriptions.size();
    }

    /** Both {@link #prepare} and {@link #claim}. */
    public CompletionStage<List<Refusal>> open(List<Wish> wishes) {
        return prepare(wishes)
                .thenCompose(
                        refusals ->
                                refusals.isEmpty()
                                        ? claim().thenApply(nothing -> refusals)
                                        : CompletableFuture.completedStage(refusals));
    }

    /**
     * Subscribes to all these channels, or to none. Before the client is in, {@link #claim}
     * follows.
     *
     * @return one refusal for each channel that cannot be had, and nothing has happened; none: from
     *     now on nothing that is published there is missed. Fails when the broker does; the session
     *     is closed then
     */
    public CompletionStage<List<Refusal>> prepare(List<Wish> wishes) {
        if (!(state instanceof Opening(var channels))) {
            throw new IllegalStateException("state: " + state + " (expected: opening)");
        }
        return channels.prepare(wishes);
    }

    /**
     * The last step: whoever is told that it is in has claimed its user, where users may have one
     * connection. Fails when the broker does; the session is closed then.
     */
    public CompletionStage<Void> claim() {
        if (rivals == null || isClosed()) {
            return CompletableFuture.completedStage(null);
        }
        var result = new CompletableFuture<Void>();
        loop.then(
                rivals.claim(this),
                (nothing, failure) -> {
                    if (failure == null) {
                        result.complete(null);
                    } else {
                        closed(Disconnect.INTERNAL_ERROR);
                        result.completeExceptionally(failure);
                    }
                });
        return result;
    }

    /**
     * Between {@link #prepare} and {@link #start}: from now to its end the client is present in
     * these channels, without listening there and whatever their rules say.
     *
     * @param names of channels that the catalogue knows
     */
    public CompletionStage<Void> attend(List<String> names) {
        return subscriptions.attend(names);
    }

    /** As {@link #start(List)}, without a greeting. */
    public void start() {
        start(List.of());
    }

    /**
     * The client has been told that it is in: greets it, sends what it missed, and lets everything
     * else follow.
     */
    public void start(List<Push.Message> greeting) {
        var channels = begin();
        if (channels != null) {
            loop.turn(
                    () -> {
                        if (!greeting.isEmpty()) {
                            outbox.send(greeting);
                        }
                        channels.start();
                    });
        }
    }

    /**
     * As {@link #start}, on protocols where the client is told by an answer that it is in: with it
     * go its channels and what it missed there.
     */
    void start(@Nullable String tag) {
        var channels = begin();
        if (channels != null) {
            loop.turn(
                    () -> {
                        outbox.answer(tag, connected(channels.told()));
                        channels.goLive();
                    });
        }
    }

    SessionRules rules() {
        return rules;
    }

    private Reply connected(List<Reply.Subscribed> channels) {
        long ping = rules.saysPings() ? rules.heartbeat().interval().toSeconds() : 0;
        long ttl = ttl(identity().expiresAt());
        long time = rules.customs().tellsTime() ? loop.now() : 0;
        return new Reply.Connected(client().client(), ttl, ping, channels, peer.place(), time);
    }

    /** Null if it has ended meanwhile. */
    private @Nullable FirstChannels begin() {
        if (!(state instanceof Opening(var channels))) {
            return null;
        }
        state = new Open();
        liveness.begin(loop.firstPing(rules.heartbeat().interval().toMillis()));
        loop.add(this);
        loop.observer().opened(this);
        if (rivals != null && !rivals.holds(this)) {
            giveWay();
        }
        return channels;
    }

    /** What the client asks for. Answers come in the order of the requests. */
    public void receive(List<Request> requests) {
        if (isOpen() && pass.isOver(loop.now())) {
            disconnect(Disconnect.EXPIRED);
            return;
        }
        heard();
        loop.turn(
                () -> {
                    for (var request : requests) {
                        if (isOpen()) {
                            commands().take(request);
                        }
                    }
                });
    }

    /**
     * As {@link #receive(List)}.
     *
     * @param handled called when all of them are, their answers queued, and the session lives or
     *     not
     */
    public void receive(List<Request> requests, Runnable handled) {
        receive(requests);
        if (isOpen()) {
            commands().afterwards(handled);
        } else {
            handled.run();
        }
    }

    /** The client has given a sign of life. */
    public void heard() {
        liveness.heard();
    }

    /** The client has answered a ping in its protocol's words. */
    void ponged() {
        if (!liveness.answered()) {
            disconnect(Disconnect.BAD_REQUEST);
        }
    }

    /** Tells the client why and ends the session. */
    public void disconnect(Disconnect why) {
        if (state instanceof Closed) {
            return;
        }
        loop.turn(
                () -> {
                    if (end(why)) {
                        outbox.send(new Push.Disconnected(why));
                    }
                    peer.connection().close(why);
                });
    }

    /** Any thread: does what a backend wants, on the session's loop. */
    CompletableFuture<Void> obey(UserCommand command) {
        return CompletableFuture.supplyAsync(
                        () -> new UserCommands(this, loop).obey(command), loop::post)
                .thenCompose(done -> done);
    }

    /** Any thread: {@link #disconnect} on the session's loop. */
    public void disconnectSoon(Disconnect why) {
        loop.post(() -> disconnect(why));
    }

    /** Any thread: a newer connection of its user has come. It is told when it is in. */
    void giveWay() {
        loop.post(
                () -> {
                    if (isOpen()) {
                        disconnect(Disconnect.REPLACED);
                    }
                });
    }

    /** The connection is gone already. */
    public void closed(Disconnect why) {
        if (!(state instanceof Closed)) {
            end(why);
        }
    }

    Tokens tokens() {
        return tokens;
    }

    /** Seconds until then; 0: never. */
    long ttl(long expiresAt) {
        return Pass.ttl(loop.now(), expiresAt);
    }

    boolean isOpen() {
        return state instanceof Open;
    }

    boolean isClosed() {
        return state instanceof Closed;
    }

    void announce(ResolvedChannel channel, Membership membership) {
        var _ = loop.channels().announce(channel, membership);
    }

    /** What lets its client stay, and do things. */
    Pass pass() {
        return pass;
    }

    Outbox outbox() {
        return outbox;
    }

    Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Called about once a second. */
    void sweep(long now) {
        if (pass.isOver(now)) {
            disconnect(Disconnect.EXPIRED);
            return;
        }
        subscriptions.sweep(now);
        switch (liveness.at(now)) {
            case FINE -> {}
            case PING -> outbox.send(new Push.Ping());
            case DEAD -> disconnect(Disconnect.NO_PONG);
        }
    }

    Commands commands() {
        if (commands == null) {
            commands = new Commands(this, loop, rules);
        }
        return commands;
    }

    /** True if the session had started. */
    private boolean end(Disconnect why) {
        state = new Closed(why);
        subscriptions.end();
        if (commands != null) {
            commands.end();
        }
        if (rivals != null) {
            rivals.remove(this);
        }
        if (slot < 0) {
            return false;
        }
        loop.remove(this);
        loop.observer().closed(this, why);
        return true;
    }
}
