package dev.fanfare.server.transport;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.session.Connection;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/**
 * Lines on their way to one client, in an HTTP response without an end. Lives on the response's
 * event loop. A client that does not take the rest within five seconds after the end loses its
 * connection.
 */
final class LineConnection implements Connection {
    private static final long CLOSE_TIMEOUT_MILLIS = 5_000;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final Runnable cut;
    private Buffer queued = Buffer.buffer();
    private long written;
    private boolean open;
    private boolean closing;

    /**
     * @param cut closes the socket, come what may
     */
    LineConnection(Vertx vertx, HttpServerResponse response, Runnable cut) {
        this.vertx = vertx;
        this.response = response;
        this.cut = cut;
    }

    /** The response is the connection from now on. */
    LineConnection open() {
        open = true;
        return this;
    }

    /**
     * @param frame of this transport: a {@link ResponseFrame}
     */
    @Override
    public void send(Frame frame) {
        if (!closing) {
            queued.appendBytes(((ResponseFrame) frame).bytes());
        }
    }

    @Override
    public void flush() {
        if (queued.length() == 0 || closing) {
            return;
        }
        var part = queued;
        queued = Buffer.buffer();
        written += part.length();
        response.write(part).onComplete(done -> written -= part.length());
    }

    @Override
    public long pendingBytes() {
        return written + queued.length();
    }

    /** Before it has begun, there is nothing to end: whoever opens it sees that it is over. */
    @Override
    public void close(Disconnect why) {
        if (closing || !open) {
            return;
        }
        flush();
        closing = true;
        long timer = vertx.setTimer(CLOSE_TIMEOUT_MILLIS, id -> cut.run());
        response.end().onComplete(done -> vertx.cancelTimer(timer));
    }
}
