package dev.fanfare.server.transport;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.session.Connection;
import dev.fanfare.server.config.Endpoint.Answer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way to one client of the protocol compatible with Centrifugo in an HTTP response. Its head
 * goes out with the first bytes: until then the response may still become an answer of another
 * kind. The last bytes say why it ends. Lives on the response's event loop.
 */
final class StreamConnection implements Connection {
    private final HttpServerRequest request;
    private final LineConnection lines;
    private final StreamForm form;
    private final Map<Integer, Answer> answers;
    private boolean begun;
    private boolean closing;
    private int cause;

    /**
     * @param answers in place of a stream that ends at once, by the number of its cause
     */
    StreamConnection(
            HttpServerRequest request,
            LineConnection lines,
            StreamForm form,
            Map<Integer, Answer> answers) {
        this.request = request;
        this.lines = lines;
        this.form = form;
        this.answers = answers;
    }

    /** Tells the client when it has gone, even if that is now. */
    void watch(InBandClient client) {
        var response = request.response();
        if (response.closed()) {
            client.onClosed(Disconnect.CLOSED);
            return;
        }
        response.closeHandler(nothing -> client.onClosed(Disconnect.CLOSED));
        response.endHandler(nothing -> client.onClosed(Disconnect.CLOSED));
        response.exceptionHandler(failure -> client.onClosed(Disconnect.CLOSED));
    }

    /** What the next disconnect comes from, as the number of an error. */
    void causedBy(int error) {
        cause = error;
    }

    @Override
    public void send(Frame frame) {
        begin();
        lines.send(frame);
    }

    @Override
    public void flush() {
        lines.flush();
    }

    @Override
    public long pendingBytes() {
        return lines.pendingBytes();
    }

    @Override
    public void close(Disconnect why) {
        if (closing) {
            return;
        }
        closing = true;
        var instead = begun ? null : answer(why);
        if (instead != null) {
            request.response().setStatusCode(instead.status()).end(instead.body());
            return;
        }
        send(form.farewell(why));
        lines.close(why);
    }

    private @Nullable Answer answer(Disconnect why) {
        var answer = answers.get(cause);
        return answer == null ? answers.get(why.code()) : answer;
    }

    private void begin() {
        if (!begun) {
            begun = true;
            head(request.response());
            lines.send(form.beginning());
            lines.flush(); // alone: some parsers of events lose what shares a chunk with \r\n
        }
    }

    private void head(HttpServerResponse response) {
        response.setChunked(true)
                .putHeader("Content-Type", form.mediaType())
                .putHeader("Cache-Control", "no-cache, no-store, must-revalidate, max-age=0")
                .putHeader("Pragma", "no-cache")
                .putHeader("Expires", "0")
                .putHeader("X-Accel-Buffering", "no");
        if (request.version() == HttpVersion.HTTP_1_1) {
            response.putHeader("Connection", "keep-alive");
        }
    }
}
