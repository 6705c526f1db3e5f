package dev.fanfare.server.websocket;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.session.Connection;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way to one client over a WebSocket, and the way the connection ends. Lives on the
 * channel's event loop.
 *
 * <p>It ends in one of three ways, each at most once and with five seconds for the client to do its
 * part: we close and wait for the client's close frame; the client closes and we answer; the client
 * breaks the protocol, we say so and listen no more. In the latter two we end our side of the TCP
 * connection and let the client end the other: closing both at once could make its kernel throw
 * away our last words.
 *
 * <p>What becomes of a write is not awaited: where it fails, the pipeline tells {@link
 * WebSocketHandler}.
 */
@SuppressWarnings("FutureReturnValueIgnored")
public final class WebSocketConnection implements Connection {
    private static final long CLOSE_TIMEOUT_SECONDS = 5;

    private final Channel channel;
    private final SocketWrites socket;

    /** The end of our patience, once a close frame is queued; null while open. */
    private @Nullable Future<?> deadline;

    private boolean open;
    private boolean pongWaits;

    public WebSocketConnection(Channel channel) {
        this.channel = channel;
        this.socket = SocketWrites.on(channel);
    }

    /** The upgrade is done: from now on, what is written are frames. */
    void open() {
        open = true;
    }

    /**
     * @param frame of this transport: a {@link ByteBufFrame}
     */
    @Override
    public void send(Frame frame) {
        if (!isClosing() && frame.size() > 0) {
            socket.write(channel, ((ByteBufFrame) frame).share());
        }
    }

    @Override
    public void flush() {
        socket.flush(channel);
    }

    @Override
    public long pendingBytes() {
        var buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }

    /** Before it is open, there is nothing to end: whoever opens it sees that it is over. */
    @Override
    public void close(Disconnect why) {
        if (open && !isClosing()) {
            writeClose(why);
        }
    }

    /** Closes without a close frame, once what waits is on its way. */
    public void end() {
        if (!isClosing()) {
            deadline =
                    channel.eventLoop()
                            .schedule(this::abort, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
        }
    }

    boolean isClosing() {
        return deadline != null;
    }

    /**
     * Left out where the client does not read: of several pings only the last must be answered (RFC
     * 6455, 5.5.3).
     */
    void pong(byte[] payload) {
        if (!isClosing() && channel.isWritable()) {
            channel.write(bytes(OutgoingFrame.pong(payload)), channel.voidPromise());
            pongWaits = true;
        }
    }

    /** Everything that arrived together is read: the answers leave together too. */
    void onReadComplete() {
        if (pongWaits) {
            pongWaits = false;
            channel.flush();
        }
    }

    /**
     * The client's close frame has come: the answer to ours, or it goes first and gets its code
     * back.
     */
    void onClose(Disconnect theirs) {
        if (isClosing()) {
            abort();
        } else {
            closeUnheard(theirs);
        }
    }

    /** Closes without waiting for an answer, since nothing more will be read. */
    void closeUnheard(Disconnect why) {
        if (!isClosing()) {
            writeClose(why).addListener((ChannelFutureListener) WebSocketConnection::endOutput);
        }
    }

    /** Closes without a word. */
    void abort() {
        channel.close();
    }

    /** The TCP connection is gone. */
    void onGone() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private ChannelFuture writeClose(Disconnect why) {
        deadline =
                channel.eventLoop().schedule(this::abort, CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return channel.writeAndFlush(bytes(OutgoingFrame.close(why)));
    }

    private ByteBuf bytes(OutgoingFrame frame) {
        return OutgoingFrame.join(channel.alloc(), List.of(frame));
    }

    private static void endOutput(ChannelFuture written) {
        if (written.isSuccess() && written.channel() instanceof DuplexChannel socket) {
            socket.shutdownOutput();
        } else {
            written.channel().close();
        }
    }
}
