package dev.fanfare.server.transport;

import dev.fanfare.server.config.AllowedOrigins;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** What pages of other origins may read (the CORS of the Fetch standard). */
record CrossOrigin(AllowedOrigins origins) {
    /** Before the answer, whatever it is: a page may read why it was refused. */
    void allow(HttpServerRequest request) {
        var origin = request.getHeader(HttpHeaders.ORIGIN);
        if (origin != null && origins.allows(origin, request.getHeader(HttpHeaders.HOST))) {
            request.response()
                    .putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader("Vary", "Origin");
        }
    }

    /**
     * A browser asks first when a page of another origin wants to send an Authorization header.
     *
     * @param headers that it may send
     */
    void preflight(HttpServerRequest request, String headers) {
        allow(request);
        request.response()
                .putHeader("Access-Control-Allow-Methods", "GET")
                .putHeader("Access-Control-Allow-Headers", headers)
                .putHeader("Access-Control-Max-Age", "300")
                .setStatusCode(204)
                .end();
    }
}
