package dev.fanfare.server.transport;

import dev.fanfare.server.config.AllowedOrigins;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * What pages of other origins may do (the CORS of the Fetch standard): those of allowed origins
 * everything, with credentials.
 */
public record CrossOrigin(AllowedOrigins origins) {
    /**
     * Before the answer, whatever it is: a page may read why it was refused.
     *
     * @return whether the request's origin may be here
     */
    public boolean allow(HttpServerRequest request) {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean allowed = origins.allows(origin, request.getHeader(HttpHeaders.HOST));
        if (origin != null && allowed) {
            request.response()
                    .putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader("Access-Control-Allow-Credentials", "true")
                    .putHeader("Vary", "Origin");
        }
        return allowed;
    }

    /** As {@link #allow}; a request from elsewhere is answered. */
    boolean admit(HttpServerRequest request) {
        boolean allowed = allow(request);
        if (!allowed) {
            Answers.problem(request, problem(request));
        }
        return allowed;
    }

    static Problem problem(HttpServerRequest request) {
        return Problem.forbidden(
                "Origin",
                String.valueOf(request.getHeader(HttpHeaders.ORIGIN)),
                "this host, or an origin that the setting origins allows");
    }

    /**
     * A browser asks first when a page of another origin wants to send more than a form could.
     *
     * @param headers that it may send, beside those it asks for
     */
    public void preflight(HttpServerRequest request, String methods, String headers) {
        if (!admit(request)) {
            return;
        }
        var asked = request.getHeader("Access-Control-Request-Headers");
        request.response()
                .putHeader("Access-Control-Allow-Methods", methods)
                .putHeader(
                        "Access-Control-Allow-Headers",
                        asked == null ? headers : headers + ", " + asked)
                .putHeader("Access-Control-Max-Age", "300")
                .setStatusCode(204)
                .end();
    }
}
