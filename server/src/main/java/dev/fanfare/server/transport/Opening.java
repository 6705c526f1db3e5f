package dev.fanfare.server.transport;

import dev.fanfare.core.access.Tokens;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.session.Connection;
import dev.fanfare.core.session.Session;
import dev.fanfare.core.session.SessionLoop;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.http.Problem.RefusedChannel;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One guest on its way in: its channels, then what it hears first, then its presence, then its
 * claim to be its user's connection. Where one of them is not to be had it is refused, and nothing
 * is left of it. Lives on the guest's event loop.
 */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);

    /** How the guest is talked to. */
    record Manner(Connection connection, FrameEncoder encoder) {}

    /** A session that is to start once its client knows that it is in. */
    record Opened(Session session, List<Push.Message> greeting) {
        void start() {
            session.start(greeting);
        }
    }

    private final Guest guest;
    private final ClientInfo client;
    private final SessionLoop loop;
    private final Executor here;
    private final Manner manner;
    private final Consumer<Opened> in;

    /** Null until its channels are asked for. */
    private @Nullable Session session;

    /**
     * @param here runs tasks on the guest's event loop, at once where it is called there
     * @param in gets the session once nothing published on its channels is missed
     */
    Opening(
            Guest guest,
            ClientInfo client,
            SessionLoop loop,
            Executor here,
            Manner manner,
            Consumer<Opened> in) {
        this.guest = guest;
        this.client = client;
        this.loop = loop;
        this.here = here;
        this.manner = manner;
        this.in = in;
    }

    void begin(CompletionStage<Welcome> welcome) {
        then(welcome, "broker", this::subscribe);
    }

    private void subscribe(Welcome welcome) {
        var door = guest.door();
        var encoder = welcome.encoder(manner.encoder());
        var peer = new Session.Peer(client, guest.identity(), manner.connection(), encoder);
        var opened = new Session(loop, door.rules(), peer, door.rivals(), Tokens.NONE);
        session = opened;
        then(
                opened.prepare(welcome.wishes()),
                "broker",
                refusals -> {
                    if (refusals.isEmpty()) {
                        then(welcome.words(client), "greeting", words -> enter(opened, words));
                    } else {
                        guest.refuse(problem(refusals));
                    }
                });
    }

    private static Problem problem(List<Refusal> refusals) {
        return Problem.channels(
                refusals.stream()
                        .map(refusal -> new RefusedChannel(refusal.got(), refusal))
                        .toList());
    }

    private void enter(Session opened, List<Push.Message> words) {
        var presence = guest.door().endpoint().manners().presence();
        if (presence.isEmpty()) {
            claim(opened, words);
        } else {
            then(opened.attend(presence), "presence", nothing -> claim(opened, words));
        }
    }

    /** Only who is sure to come in may replace another connection of its user. */
    private void claim(Session opened, List<Push.Message> words) {
        then(opened.claim(), "broker", nothing -> in.accept(new Opened(opened, words)));
    }

    /**
     * Goes on when the stage is complete, unless the guest has gone or the session has ended
     * meanwhile.
     *
     * @param what is missing where it fails
     */
    private <T> void then(CompletionStage<T> stage, String what, Consumer<T> next) {
        stage.whenCompleteAsync(
                (value, failure) -> {
                    var ended = session == null ? null : session.closedBecause();
                    if (guest.hasGone()) {
                        leave();
                    } else if (failure != null) {
                        fail(what, failure);
                    } else if (ended != null) {
                        guest.refuse(unavailable("connection", ended.reason()));
                    } else {
                        next.accept(value);
                    }
                },
                here);
    }

    /** The guest has gone: nobody is left to be told. */
    private void leave() {
        if (session != null) {
            session.closed(Disconnect.CLOSED);
        }
        guest.seat().leave();
    }

    private void fail(String what, Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof TimeoutException) {
            LOG.warn("connection {} of user {}: no {} in time", id(), client.user(), what);
        } else if (!Unavailable.isCauseOf(failure)) {
            LOG.error("connection {} of user {}: no {}", id(), client.user(), what, failure);
        }
        if (session != null) {
            session.closed(Disconnect.INTERNAL_ERROR);
        }
        guest.refuse(unavailable(what, "no answer"));
    }

    private String id() {
        return client.client();
    }

    private static Problem unavailable(String what, String got) {
        return Problem.unavailable(what, got, "another try later");
    }
}
