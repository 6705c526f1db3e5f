package dev.fanfare.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** The ways we answer HTTP requests. On the request's event loop. */
public final class Answers {
    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence PROBLEM = HttpHeaders.createOptimized(Problem.MEDIA_TYPE);

    private Answers() {}

    public static void json(HttpServerRequest request, int status, byte[] body) {
        send(request, status, JSON, body);
    }

    /** Does nothing where the answer has begun or the client has gone. */
    public static void problem(HttpServerRequest request, Problem problem) {
        if (problem.status() == 401) {
            request.response().putHeader("WWW-Authenticate", "Bearer");
        }
        send(request, problem.status(), PROBLEM, problem.json());
    }

    public static void send(
            HttpServerRequest request, int status, CharSequence mediaType, byte[] body) {
        var response = request.response();
        if (response.ended() || response.closed() || response.headWritten()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .end(Buffer.buffer(body));
    }
}
