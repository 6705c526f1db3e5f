package dev.fanfare.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Reads request bodies up to a limit. On the request's event loop. */
public final class Bodies {
    private Bodies() {}

    /**
     * Hands the whole body over; one beyond the limit is answered with 413 as soon as that is
     * clear.
     */
    public static void read(HttpServerRequest request, int limit, Consumer<byte[]> whole) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && (length.length() > 10 || Long.parseLong(length) > limit)) {
            refuse(request, length + " bytes", limit);
            return;
        }
        new Collector(request, limit, whole).start();
    }

    private static void refuse(HttpServerRequest request, String got, int limit) {
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        Answers.problem(request, Problem.bodyTooLarge(got, limit));
    }

    private static final class Collector {
        private final HttpServerRequest request;
        private final int limit;
        private final Consumer<byte[]> whole;
        private final Buffer body = Buffer.buffer();
        private boolean refused;

        Collector(HttpServerRequest request, int limit, Consumer<byte[]> whole) {
            this.request = request;
            this.limit = limit;
            this.whole = whole;
        }

        void start() {
            request.handler(this::add).endHandler(end -> finish());
        }

        private void add(Buffer part) {
            if (refused) {
                return;
            }
            if (body.length() + part.length() > limit) {
                refused = true;
                refuse(request, "more than " + limit + " bytes", limit);
                return;
            }
            body.appendBuffer(part);
        }

        private void finish() {
            if (!refused) {
                whole.accept(body.getBytes());
            }
        }
    }
}
