package dev.fanfare.server.transport;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.Reply.Connected.Place;
import dev.fanfare.core.session.Connection;
import dev.fanfare.core.session.Handshake;
import dev.fanfare.core.session.SessionLoop;
import dev.fanfare.core.session.SessionRules;
import dev.fanfare.server.cluster.Cluster;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where clients wait that have come in and not yet said who they are: what all transports of the
 * protocol compatible with Centrifugo share. Clients are received on their connections' event
 * loops.
 */
public final class Lobby {
    /**
     * How things are called.
     *
     * @param node this process
     * @param clients new names of clients, which are public
     * @param sessions new names of sessions, which are secret
     */
    public record Names(String node, Supplier<String> clients, Supplier<String> sessions) {}

    /**
     * How one client is talked to.
     *
     * @param connection to write on
     * @param codec of what it says
     * @param insteadOf what it is cut off with where others get an error; null: it gets the error
     */
    record Manner(
            Connection connection,
            FrameEncoder encoder,
            Codec codec,
            SessionRules rules,
            Function<Refusal, @Nullable Disconnect> insteadOf) {
        /** Of clients that get answers. */
        Manner(Connection connection, FrameEncoder encoder, Codec codec, SessionRules rules) {
            this(connection, encoder, codec, rules, refusal -> null);
        }
    }

    private final Gate gate;
    private final Function<EventLoop, SessionLoop> loops;
    private final Names names;
    private final Duration patience;
    private final EmulatedSessions sessions = new EmulatedSessions();

    /**
     * @param patience how long a client may take to be in
     */
    public Lobby(
            Gate gate, Function<EventLoop, SessionLoop> loops, Names names, Duration patience) {
        this.gate = gate;
        this.loops = loops;
        this.names = names;
        this.patience = patience;
    }

    String node() {
        return names.node();
    }

    EmulatedSessions sessions() {
        return sessions;
    }

    /** Takes what clients of this node post to others. */
    public Cluster.Inbox inbox() {
        return sessions::deliver;
    }

    /** A client whose connection is all there is of it. */
    InBandClient receive(Door door, Manner manner, EventLoop eventLoop, Seat seat) {
        return client(door, manner, loops.apply(eventLoop), seat, null, () -> {});
    }

    /** A client that only listens, and is told of its session. */
    InBandClient receiveListener(Door door, Manner manner, EventLoop eventLoop, Seat seat) {
        return client(door, manner, loops.apply(eventLoop), seat, place(), () -> {});
    }

    /** A client whose commands come by other requests. */
    InBandClient receiveEmulated(Door door, Manner manner, EventLoop eventLoop, Seat seat) {
        var loop = loops.apply(eventLoop);
        var place = place();
        var client =
                client(door, manner, loop, seat, place, () -> sessions.remove(place.session()));
        sessions.add(place.session(), loop, client);
        return client;
    }

    private Place place() {
        return new Place(names.node(), names.sessions().get());
    }

    private InBandClient client(
            Door door,
            Manner manner,
            SessionLoop loop,
            Seat seat,
            @Nullable Place place,
            Runnable gone) {
        var guest = new Reception.Guest(names.clients().get(), place, manner);
        var host = new Reception(gate, door, loop, guest, seat);
        var handshake = new Handshake(loop, host, manner.connection(), manner.encoder(), patience);
        return new InBandClient(guest.client(), handshake, manner.codec(), seat, gone);
    }
}
