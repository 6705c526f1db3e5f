package dev.fanfare.server.ably;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;

/**
 * A request that waits for protocol messages: for the next, or for all that come. Any thread; the
 * response lives on the request's event loop.
 *
 * @param streams whether it goes on after the first
 */
record Poll(HttpServerRequest request, Context context, boolean streams) {
    private static final String JSON = "application/json";

    /** Ends every answer: clients that read one as a stream do not look for what it is. */
    private static final byte END_OF_LINE = '\n';

    /** Of the request's own event loop. */
    static Poll of(HttpServerRequest request) {
        var response = request.response();
        boolean streams = "true".equals(request.getParam("stream"));
        response.putHeader(HttpHeaders.CONTENT_TYPE, JSON).putHeader("Cache-Control", "no-store");
        response.setChunked(streams);
        return new Poll(request, requireNonNull(Vertx.currentContext()), streams);
    }

    /**
     * @param gone called when nothing can be answered any more, not before this returns
     */
    void watch(Runnable gone) {
        context.runOnContext(
                nothing -> {
                    if (request.response().closed()) {
                        gone.run();
                    } else {
                        request.response().closeHandler(closed -> gone.run());
                    }
                });
    }

    /**
     * @param taken called when the messages are on their way, or never will be
     */
    void say(byte[] messages, Runnable taken) {
        onResponse(
                response -> {
                    var words = Buffer.buffer(messages).appendByte(END_OF_LINE);
                    var written = streams ? response.write(words) : response.end(words);
                    written.onComplete(done -> taken.run());
                },
                taken);
    }

    /** Nothing more follows. */
    void end() {
        onResponse(response -> response.end(streams ? "" : "[]\n"), () -> {});
    }

    private void onResponse(Consumer<HttpServerResponse> action, Runnable otherwise) {
        context.runOnContext(
                nothing -> {
                    var response = request.response();
                    if (response.ended() || response.closed()) {
                        otherwise.run();
                    } else {
                        action.accept(response);
                    }
                });
    }
}
