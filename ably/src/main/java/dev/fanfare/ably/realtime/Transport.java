package dev.fanfare.ably.realtime;

import dev.fanfare.core.hub.EncodedOnce;
import dev.fanfare.core.hub.Outlet;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.session.Connection;
import dev.fanfare.protocols.ably.ErrorInfo;
import dev.fanfare.protocols.ably.Outgoing;
import dev.fanfare.protocols.ably.Unreadable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One way to one client: a socket, or requests that stand for one. Whoever owns it tells what is
 * read, and when it is gone. Nobody listens here before a connection goes this way, nor when it has
 * been given another one. Lives on its event loop.
 */
public final class Transport implements Outlet {
    private static final int UNREADABLE = 40_000;
    private static final int TOO_LARGE = 40_009;

    private final Connection connection;
    private final Consumer<String> carries;
    private final Voice voice;
    private final LinkObserver observer;
    private final Congestion congestion;
    private @Nullable Link link;
    private boolean gone;
    private boolean touched;

    /**
     * @param maxPendingBytes queued for a client before it is judged by how it reads
     */
    Transport(Way way, Voice voice, LinkObserver observer, long maxPendingBytes) {
        connection = way.connection();
        carries = way.carries();
        this.voice = voice;
        this.observer = observer;
        congestion = new Congestion(maxPendingBytes);
    }

    /**
     * What its client says, as one frame has it, of whichever kind: there are clients that send
     * JSON in binary ones.
     */
    public void receive(byte[] message) {
        if (link == null) {
            return;
        }
        link.heard();
        try {
            link.receive(voice.format().read(message));
        } catch (Unreadable e) {
            link.fail(ErrorInfo.of(UNREADABLE, "protocol message: " + e.getMessage()));
        }
    }

    /** A sign of life. */
    public void heard() {
        if (link != null) {
            link.heard();
        }
    }

    /**
     * What its client sends is larger than a frame may be: the last moment to tell it so.
     *
     * @param limit in bytes
     */
    public void tooLarge(int limit) {
        if (link != null) {
            link.fail(
                    new ErrorInfo(
                            TOO_LARGE,
                            413,
                            "frame: too large (expected: at most " + limit + " bytes)"));
        }
    }

    /** The client has gone, or its line is broken. */
    public void closed() {
        gone = true;
        var lost = link;
        link = null;
        if (lost != null) {
            lost.transportGone();
        }
    }

    boolean isGone() {
        return gone;
    }

    boolean pings() {
        return voice.pings();
    }

    /** The connection goes this way from now on. */
    void carry(Link continued) {
        link = continued;
        carries.accept(continued.key());
    }

    void send(Outgoing word) {
        try (var frame = voice.frame(word)) {
            send(frame);
        }
    }

    void send(EncodedOnce encoded) {
        send(encoded.frame(voice.encoder()));
    }

    /**
     * @param inWords whether the client sees nothing else
     */
    void beat(boolean inWords) {
        if (inWords || !voice.pings()) {
            send(new Outgoing.Heartbeat(null));
        }
        if (voice.pings()) {
            try (var frame = voice.ping()) {
                send(frame);
            }
        }
    }

    private void send(Frame frame) {
        if (frame.size() == 0) {
            return;
        }
        if (link != null && !touched) {
            touched = true;
            look();
            link.shard().touch(this);
        }
        connection.send(frame);
        observer.sent(frame.size());
    }

    private void look() {
        congestion.see(connection.pendingBytes());
    }

    /** Whether so much waits for its client that what is large is to wait elsewhere. */
    boolean isFull() {
        look();
        return congestion.isOver();
    }

    /** Ours is the fault: its client is to come again. */
    void fail() {
        if (link == null) {
            end(new Outgoing.Disconnected(Trouble.FAILURE), Disconnect.INTERNAL_ERROR);
        } else {
            link.lose(Trouble.FAILURE, Disconnect.INTERNAL_ERROR);
        }
    }

    /** The last word, before any connection goes this way or when none does any more. */
    void end(Outgoing last, Disconnect why) {
        link = null;
        if (!gone) {
            send(last);
            end(why);
        }
    }

    /** Without a word. */
    void end(Disconnect why) {
        link = null;
        if (!gone) {
            gone = true;
            connection.flush();
            connection.close(why);
        }
    }

    /** Flushes what was queued in this turn; whoever does not read fast enough is cut off here. */
    @Override
    public void flush() {
        touched = false;
        if (!gone) {
            look();
            connection.flush();
            judge();
        }
    }

    /** Cuts off a client that does not read fast enough. */
    void judge() {
        look();
        if (link != null && congestion.isOver() && congestion.isTooMuch(link.now())) {
            link.lose(Trouble.SLOW, Disconnect.SLOW);
        }
    }
}
