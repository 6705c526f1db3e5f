package dev.fanfare.server.transport;

import dev.fanfare.core.access.Tokens;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.session.Connection;
import dev.fanfare.core.session.Session;
import dev.fanfare.core.session.SessionLoop;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.http.Problem.RefusedChannel;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens sessions for guests: on their event loop, with the channels they want, or with a refusal
 * that says why not.
 */
public final class Doorman {
    private static final Logger LOG = LoggerFactory.getLogger(Doorman.class);

    private final Function<EventLoop, SessionLoop> loops;
    private final Supplier<String> clientIds;

    public Doorman(Function<EventLoop, SessionLoop> loops, Supplier<String> clientIds) {
        this.loops = loops;
        this.clientIds = clientIds;
    }

    /**
     * @param in gets the session, opened but not started, once nothing published on its channels is
     *     missed
     */
    void open(
            Guest guest,
            EventLoop loop,
            Connection connection,
            FrameEncoder encoder,
            Consumer<Session> in) {
        var client = guest.identity().client(clientIds.get());
        var peer = new Session.Peer(client, guest.identity(), connection, encoder);
        var door = guest.door();
        var session =
                new Session(loops.apply(loop), door.rules(), peer, door.rivals(), Tokens.NONE);
        session.open(guest.wishes())
                .whenComplete(
                        (refusals, failure) -> {
                            if (failure != null) {
                                if (!Unavailable.isCauseOf(failure)) {
                                    LOG.error(
                                            "connection {} of user {}: cannot subscribe",
                                            client.client(),
                                            client.user(),
                                            failure);
                                }
                                guest.refuse(
                                        Problem.unavailable(
                                                "broker", "no answer", "another try later"));
                            } else if (refusals.isEmpty()) {
                                in.accept(session);
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
}
