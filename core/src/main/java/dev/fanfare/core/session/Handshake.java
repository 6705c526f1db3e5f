package dev.fanfare.core.session;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A connection whose client says in band who it is: silent, asking, then in, which means a {@link
 * Session}. Its first command has to be {@link Command.Connect}; what comes with it waits for the
 * answer. Whoever is not in when our patience ends is stale. Lives on its event loop.
 */
public final class Handshake {
    /** Whoever decides about one client. Called on the connection's event loop. */
    public interface Host {
        /** The stage may complete on any thread. */
        CompletionStage<Verdict> judge(String token);

        /** Null: there is no room for one more of this user. */
        @Nullable Session session(Identity identity);

        /** How a refused client is cut off, where its protocol has no answers; null: it has. */
        default @Nullable Disconnect insteadOf(Refusal refusal) {
            return null;
        }
    }

    /** What the host thinks of a client. */
    public sealed interface Verdict {
        /**
         * @param identity with the channels that its token gives it
         * @param channels that it has from the beginning, where their rules let it
         */
        record Welcome(Identity identity, List<String> channels) implements Verdict {
            public Welcome {
                channels = List.copyOf(channels);
            }
        }

        /** It is told, may not go on, but may come back. */
        record Refused(Refusal why) implements Verdict {}

        record Rejected(Disconnect why) implements Verdict {}
    }

    private sealed interface State {}

    private record Silent() implements State {}

    private record Asking(List<Request> behind) implements State {}

    private record Refused() implements State {}

    private record In(Session session) implements State {}

    private record Gone() implements State {}

    private final SessionLoop loop;
    private final Host host;
    private final Connection connection;
    private final FrameEncoder encoder;
    private final long staleAt;
    private State state = new Silent();

    /**
     * @param patience how long the client may take; the same for all of a loop
     */
    public Handshake(
            SessionLoop loop,
            Host host,
            Connection connection,
            FrameEncoder encoder,
            Duration patience) {
        this.loop = loop;
        this.host = host;
        this.connection = connection;
        this.encoder = encoder;
        staleAt = loop.now() + patience.toMillis();
        loop.add(this);
    }

    /** What the client asks for. */
    public void receive(List<Request> requests) {
        if (state instanceof In(var session)) {
            session.receive(requests);
            return;
        }
        for (var request : requests) {
            take(request);
        }
    }

    /**
     * As {@link #receive(List)}.
     *
     * @param handled called when all of them are, their answers queued; before that, while nobody
     *     is in, when they wait
     */
    public void receive(List<Request> requests, Runnable handled) {
        if (state instanceof In(var session)) {
            session.receive(requests, handled);
        } else {
            receive(requests);
            handled.run();
        }
    }

    /** A sign of life below the protocol. */
    public void heard() {
        if (state instanceof In(var session)) {
            session.heard();
        }
    }

    public void disconnect(Disconnect why) {
        if (state instanceof In(var session)) {
            session.disconnect(why);
        } else {
            state = new Gone();
            connection.close(why);
        }
    }

    /** The connection is gone already. */
    public void closed(Disconnect why) {
        if (state instanceof In(var session)) {
            session.closed(why);
        }
        state = new Gone();
    }

    /** Called about once a second; false: there is nothing left to look after. */
    boolean sweep(long now) {
        if (state instanceof In || state instanceof Gone) {
            return false;
        }
        if (now < staleAt) {
            return true;
        }
        disconnect(Disconnect.STALE);
        return false;
    }

    private void take(Request request) {
        switch (state) {
            case Silent() -> first(request);
            case Asking(var behind) -> behind.add(request);
            case In(var session) -> session.receive(List.of(request));
            case Refused() -> disconnect(Disconnect.BAD_REQUEST);
            case Gone() -> {}
        }
    }

    private void first(Request request) {
        if (!(request.command() instanceof Command.Connect connect)) {
            disconnect(Disconnect.BAD_REQUEST);
            return;
        }
        state = new Asking(new ArrayList<>(1));
        loop.then(
                host.judge(connect.token()),
                (verdict, failure) -> {
                    if (!(state instanceof Asking)) {
                        return;
                    }
                    switch (verdict) {
                        case null -> disconnect(Disconnect.INTERNAL_ERROR);
                        case Verdict.Welcome welcome -> open(request.tag(), connect, welcome);
                        case Verdict.Refused(var why) -> refuse(request.tag(), why);
                        case Verdict.Rejected(var why) -> disconnect(why);
                    }
                });
    }

    private void open(@Nullable String tag, Command.Connect connect, Verdict.Welcome welcome) {
        var session = host.session(welcome.identity());
        if (session == null) {
            disconnect(Disconnect.CONNECTION_LIMIT);
            return;
        }
        var wishes = new Wishes(loop.channels(), session.pass());
        welcome.channels().forEach(wishes::give);
        welcome.identity().grants().forEach(wishes::grant);
        connect.channels().forEach(wishes::propose);
        if (wishes.hasUnknown()) {
            session.closed(Disconnect.BAD_REQUEST);
            disconnect(Disconnect.BAD_REQUEST);
            return;
        }
        loop.then(
                session.open(wishes.all()),
                (refusals, failure) -> {
                    if (!(state instanceof Asking(var behind))) {
                        session.closed(Disconnect.CLOSED);
                    } else if (refusals == null) {
                        disconnect(Disconnect.INTERNAL_ERROR);
                    } else if (!refusals.isEmpty()) {
                        session.closed(Disconnect.PERMISSION_DENIED);
                        disconnect(reason(refusals));
                    } else {
                        state = new In(session);
                        session.start(tag);
                        session.receive(behind);
                    }
                });
    }

    private static Disconnect reason(List<Refusal> refusals) {
        var code = refusals.getFirst().code();
        if (code == ErrorCode.BAD_REQUEST) {
            return Disconnect.BAD_REQUEST;
        }
        return code == ErrorCode.LIMIT_EXCEEDED
                ? Disconnect.CHANNEL_LIMIT
                : Disconnect.PERMISSION_DENIED;
    }

    private void refuse(@Nullable String tag, Refusal why) {
        var end = host.insteadOf(why);
        if (end != null) {
            disconnect(end);
            return;
        }
        state = new Refused();
        var answer = new Output.Answer(tag, new Reply.Failed(why));
        try (var frame = encoder.encode(List.of(answer))) {
            connection.send(frame);
        }
        connection.flush();
    }
}
