package dev.fanfare.core.session;

import dev.fanfare.core.hub.EncodedOnce;
import dev.fanfare.core.hub.Outlet;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Unsayable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes out to one session's client: encoded, queued on its connection, flushed once a turn.
 * Lives on the session's event loop.
 */
final class Outbox implements Outlet {
    private final Session session;
    private final SessionLoop loop;
    private final Session.Peer peer;
    private final long maxPendingBytes;
    private boolean touched;

    /** Answers of this turn, to go out together. */
    private List<Output> answers = List.of();

    /**
     * @param maxPendingBytes queued for a client that does not read; beyond it the client is cut
     *     off
     */
    Outbox(Session session, SessionLoop loop, Session.Peer peer, long maxPendingBytes) {
        this.session = session;
        this.loop = loop;
        this.peer = peer;
        this.maxPendingBytes = maxPendingBytes;
    }

    void send(EncodedOnce encoded) {
        if (!peer.encoder().isShared()) {
            send(encoded.pushes());
            return;
        }
        sendAnswers();
        try {
            write(encoded.frame(peer.encoder()));
        } catch (Unsayable e) {
            session.disconnect(Disconnect.INAPPROPRIATE_PROTOCOL);
        }
    }

    void send(Output output) {
        send(List.of(output));
    }

    void send(List<? extends Output> outputs) {
        sendAnswers();
        encode(outputs);
    }

    void answer(@Nullable String tag, Reply reply) {
        if (answers.isEmpty()) {
            answers = new ArrayList<>(1);
            touch();
        }
        answers.add(new Output.Answer(tag, reply));
    }

    /** Whatever else is sent comes after them. */
    private void sendAnswers() {
        if (!answers.isEmpty()) {
            var together = answers;
            answers = List.of();
            encode(together);
        }
    }

    private void encode(List<? extends Output> outputs) {
        try (var frame = peer.encoder().encode(outputs)) {
            write(frame);
        } catch (Unsayable e) {
            session.disconnect(Disconnect.INAPPROPRIATE_PROTOCOL);
        }
    }

    void refuse(@Nullable String tag, Refusal refusal) {
        loop.observer().refused(session, refusal);
        answer(tag, new Reply.Failed(refusal));
    }

    /** Ours is the fault: the client hears so, the log hears what. An outage is no news there. */
    void fail(@Nullable String tag, Throwable cause) {
        if (Unavailable.isCauseOf(cause)) {
            refuse(tag, Refusal.UNAVAILABLE);
            return;
        }
        loop.observer().failed(session, cause);
        answer(
                tag,
                new Reply.Failed(
                        new Refusal(
                                ErrorCode.INTERNAL, "server", "a failure", "another try later")));
    }

    /** Flushes what was queued in this turn; whoever does not read fast enough is cut off here. */
    @Override
    public void flush() {
        sendAnswers();
        touched = false;
        peer.connection().flush();
        if (session.isOpen() && peer.connection().pendingBytes() > maxPendingBytes) {
            session.disconnect(Disconnect.SLOW);
        }
    }

    private void write(Frame frame) {
        if (frame.size() == 0) {
            return;
        }
        peer.connection().send(frame);
        loop.observer().sent(session, frame.size());
        touch();
    }

    private void touch() {
        if (!touched) {
            touched = true;
            loop.shard().touch(this);
        }
    }
}
