package dev.fanfare.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/** Reads request bodies up to a limit. On the request's event loop. */
public final class Bodies {
    private Bodies() {}

    /**
     * Hands the whole body over. One beyond the limit is refused as soon as that is clear; the
     * connection ends with the answer.
     */
    public static void read(
            HttpServerRequest request,
            int limit,
            Consumer<byte[]> whole,
            Consumer<Problem> tooLarge) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        var collector = new Collector(request, limit, whole, tooLarge);
        if (length != null && (length.length() > 10 || Long.parseLong(length) > limit)) {
            collector.refuse(length + " bytes");
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        collector.start();
    }

    private static final class Collector {
        private final HttpServerRequest request;
        private final int limit;
        private final Consumer<byte[]> whole;
        private final Consumer<Problem> tooLarge;
        private final Buffer body = Buffer.buffer();
        private boolean refused;

        Collector(
                HttpServerRequest request,
                int limit,
                Consumer<byte[]> whole,
                Consumer<Problem> tooLarge) {
            this.request = request;
            this.limit = limit;
            this.whole = whole;
            this.tooLarge = tooLarge;
        }

        void start() {
            request.handler(this::add).endHandler(end -> finish());
        }

        private void add(Buffer part) {
            if (refused) {
                return;
            }
            if (body.length() + part.length() > limit) {
                refuse("more than " + limit + " bytes");
                return;
            }
            body.appendBuffer(part);
        }

        void refuse(String got) {
            refused = true;
            request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            tooLarge.accept(Problem.bodyTooLarge(got, limit));
        }

        private void finish() {
            if (!refused) {
                whole.accept(body.getBytes());
            }
        }
    }
}
