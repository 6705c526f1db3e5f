package dev.fanfare.core.simulation;

import static dev.fanfare.core.simulation.Violation.unless;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.access.Tokens;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Request;
import dev.fanfare.core.session.Session;
import dev.fanfare.core.session.SessionRules;
import dev.fanfare.core.session.Wish;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One connection from its beginning to its end: does what a transport does, on the session's event
 * loop, and checks that the session ends only for a reason.
 */
final class Conversation {
    /** How the endpoint is set up, and how the client behaves. */
    record Terms(SessionRules rules, boolean exclusive, boolean answersPings, Identity identity) {}

    private static final long NEVER = Long.MAX_VALUE;

    private final World world;
    private final Node node;
    private final Node.Loop loop;
    private final Terms terms;
    private final ClientInfo info;
    private final Client client;
    private final Socket socket;
    private final Map<String, Wish> wishes = new LinkedHashMap<>();
    private @Nullable Session session;
    private boolean started;
    private boolean over;
    private long unansweredSince = NEVER;

    Conversation(World world, String id, Terms terms) {
        this.world = world;
        this.terms = terms;
        node = world.anyNode();
        loop = world.any(node.loops());
        info = new ClientInfo(id, terms.identity().user());
        client = new Client(world, info);
        socket = new Socket(world, this::said, this::heard, this::closing);
    }

    /** Asks to be let in, with these channels from the beginning. */
    void connect(List<Wish> wishes) {
        loop.lane().execute(() -> open(wishes));
    }

    private void open(List<Wish> all) {
        all.forEach(wish -> wishes.putIfAbsent(wish.channel(), wish));
        if (over) {
            return;
        }
        var seen =
                world.fault == Fault.FORGETS_AUDIENCE
                        ? new ClientInfo(info.client(), "somebody else")
                        : info;
        var peer = new Session.Peer(seen, terms.identity(), socket, world.any(world.encoders));
        session =
                new Session(
                        loop.sessions(),
                        terms.rules(),
                        peer,
                        terms.exclusive() ? node.rivals() : null,
                        Tokens.NONE);
        if (isAllowed()) {
            wishes.forEach((name, wish) -> client.wish(new Channel(name), wish.since()));
        }
        session.open(all)
                .whenComplete((refusals, failure) -> world.check(() -> opened(refusals, failure)));
    }

    private boolean isAllowed() {
        return wishes.keySet().stream()
                        .allMatch(
                                name ->
                                        World.CHANNELS.containsKey(name)
                                                && World.isOpenTo(name, info.user()))
                && wishes.size() <= World.MAX_CHANNELS;
    }

    private void opened(@Nullable List<Refusal> refusals, @Nullable Throwable failure) {
        world.tell(() -> info.client() + " is let in: " + refusals + ", " + failure);
        if (over || failure != null) {
            unless(session.closedBecause() != null, "%s: open failed, session lives", info);
            over = true;
        } else if (!refusals.isEmpty() || !isAllowed()) {
            unless(!refusals.isEmpty() && !isAllowed(), "%s for %s", refusals, wishes);
            unless(session.subscriptionCount() == 0, "%s: some channels, not all", info);
            finish(Disconnect.CLOSED);
        } else {
            client.enter();
            loop.lane().execute(this::start);
        }
    }

    private void start() {
        if (!over) {
            started = true;
            session.start();
        }
    }

    /** Sends requests, if it is in. */
    void ask(List<Request> requests) {
        loop.lane()
                .execute(
                        () -> {
                            if (isLive()) {
                                unansweredSince = NEVER;
                                requests.forEach(client::ask);
                                session.receive(requests);
                            }
                        });
    }

    /** The client goes away without a word. */
    void cut() {
        loop.lane().execute(() -> finish(Disconnect.CLOSED));
    }

    private void finish(Disconnect why) {
        if (!over) {
            over = true;
            socket.cut();
            if (session != null) {
                session.closed(why);
            }
        }
    }

    void setReading(boolean reading) {
        loop.lane().execute(() -> socket.setReading(reading));
    }

    boolean isReading() {
        return socket.isReading();
    }

    boolean isLive() {
        return started && !over;
    }

    boolean isOver() {
        return over;
    }

    ClientInfo info() {
        return info;
    }

    Client client() {
        return client;
    }

    private boolean isRivalOf(Conversation other) {
        return terms.exclusive()
                && started
                && node.equals(other.node)
                && info.user().equals(other.info.user())
                && !equals(other);
    }

    /** The server says something. */
    private void said(Output output) {
        client.beforehand(output);
        if (output instanceof Push.Ping && unansweredSince == NEVER) {
            unansweredSince = world.now();
        }
    }

    private void heard(Output output) {
        client.hear(output);
        if (output instanceof Push.Ping && terms.answersPings()) {
            loop.lane().execute(this::pong);
        }
    }

    private void pong() {
        if (isLive()) {
            unansweredSince = NEVER;
            session.heard();
        }
    }

    private void closing(Disconnect why) {
        world.tell(() -> "  " + info.client() + " is cut off: " + why);
        unless(isJustified(why), "%s: %s without a reason", info, why);
        over = true;
    }

    private boolean isJustified(Disconnect why) {
        if (why.equals(Disconnect.SLOW)) {
            return socket.pendingBytes() > World.MAX_PENDING_BYTES;
        }
        if (why.equals(Disconnect.EXPIRED)) {
            return isExpired();
        }
        if (why.equals(Disconnect.NO_PONG)) {
            return isSilent();
        }
        if (why.equals(Disconnect.REPLACED)) {
            return terms.exclusive() && world.conversations.stream().anyMatch(this::isRivalOf);
        }
        if (why.equals(Disconnect.TOO_MANY_REQUESTS)) {
            return terms.rules().budget() != null || client.openRequests() > World.MAX_WAITING;
        }
        return why.equals(Disconnect.INSUFFICIENT_STATE) || why.equals(Disconnect.SHUTDOWN);
    }

    private boolean isExpired() {
        long expiresAt = terms.identity().expiresAt();
        return world.now() >= expiresAt;
    }

    private boolean isSilent() {
        var answerWithin = terms.rules().heartbeat().answerWithin();
        return answerWithin != null
                && unansweredSince != NEVER
                && world.now() - unansweredSince > answerWithin.toMillis();
    }

    /** Everything has come to rest: what is said is flushed, and who does not read is cut off. */
    void expectNotSlow() {
        long most = isReading() ? 0 : World.MAX_PENDING_BYTES;
        unless(over || socket.pendingBytes() <= most, "%s: too many bytes wait", info);
    }

    /** Everything has come to rest, all sessions have just been looked after. */
    void expectInOrder() {
        if (over) {
            unless(session == null || session.closedBecause() != null, "%s goes on", info);
            return;
        }
        unless(started, "%s has never been let in", info);
        unless(!isExpired(), "%s has expired and goes on", info);
        unless(!isSilent(), "%s is silent and goes on", info);
        unless(
                session.subscriptionCount() == client.channels().size(),
                "%s has %d subscriptions, knows of %s",
                info,
                session.subscriptionCount(),
                client.channels());
        unless(
                !terms.exclusive()
                        || info.isAnonymous()
                        || world.conversations.stream()
                                .noneMatch(other -> other.isLive() && other.isRivalOf(this)),
                "%s has a rival",
                info);
        client.expectComplete();
    }
}
