package dev.fanfare.server.ably;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.session.Connection;
import dev.fanfare.protocols.ably.Formats;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The way to one client that asks for what it is told, request by request. What nobody asks for yet
 * waits, for a while. Lives on its connection's event loop; the requests live on theirs.
 */
final class CometConnection implements Connection {
    private final EventLoop loop;
    private final long patienceMillis;
    private final Runnable gone;
    private final List<byte[]> waiting = new ArrayList<>();
    private long pendingBytes;
    private @Nullable Poll poll;
    private boolean closed;

    /** How many requests have come; one that was the last for too long means that it has gone. */
    private int polls;

    /**
     * @param patienceMillis how long a client may take to ask again
     * @param gone called once, when it does not, or when it has heard the last word
     */
    CometConnection(EventLoop loop, long patienceMillis, Runnable gone) {
        this.loop = loop;
        this.patienceMillis = patienceMillis;
        this.gone = gone;
    }

    /** The client waits for what there is to tell it. One request waits at a time. */
    void poll(Poll next) {
        if (poll != null) {
            poll.end();
        }
        polls++;
        poll = next;
        next.watch(() -> loop.execute(() -> left(next)));
        flush();
    }

    /** A request is over; unless another comes, its client has gone. */
    private void left(Poll over) {
        if (over.equals(poll)) {
            poll = null;
            await();
        }
    }

    private void await() {
        int last = polls;
        var _ =
                loop.schedule(
                        () -> {
                            if (polls == last) {
                                gone.run();
                            }
                        },
                        patienceMillis,
                        TimeUnit.MILLISECONDS);
    }

    /**
     * @param frame of this transport
     */
    @Override
    public void send(Frame frame) {
        waiting.addAll(((CometEncoder.Words) frame).messages());
        pendingBytes += frame.size();
    }

    @Override
    public void flush() {
        var now = poll;
        if (now == null) {
            return;
        }
        if (!waiting.isEmpty()) {
            answer(now);
        }
        if (closed) {
            now.end();
            gone.run();
        }
    }

    private void answer(Poll now) {
        long bytes = waiting.stream().mapToLong(message -> message.length).sum();
        now.say(Formats.JSON.writeList(waiting), () -> loop.execute(() -> pendingBytes -= bytes));
        waiting.clear();
        if (!now.streams()) {
            poll = null;
            await();
        }
    }

    @Override
    public long pendingBytes() {
        return pendingBytes;
    }

    /** The last words wait for a request as all others do. */
    @Override
    public void close(Disconnect why) {
        closed = true;
        if (poll == null) {
            await();
        } else {
            flush();
        }
    }
}
