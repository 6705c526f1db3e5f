package dev.fanfare.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.server.http.Bodies;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.http.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * How clients of the protocol compatible with Centrifugo ask for streams: their first message is
 * the body of a POST, or where a browser's own client of server-sent events is to come, which can
 * only GET, in the query.
 *
 * @param largestBody in bytes
 */
record StreamRequests(Vertx vertx, Gate gate, CrossOrigin crossOrigin, int largestBody) {
    private static final String CONNECT = "cf_connect";
    private static final String PROTOBUF = "application/octet-stream";

    /** Gets what is asked for, and answers. */
    @FunctionalInterface
    interface Opening {
        /**
         * @param first message; empty: there is none
         */
        void open(HttpServerRequest request, byte[] first);
    }

    static StreamRequests of(Vertx vertx, Gate gate, int largestBody) {
        return new StreamRequests(vertx, gate, new CrossOrigin(gate.origins()), largestBody);
    }

    static boolean isProtobuf(HttpServerRequest request) {
        var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type != null && type.startsWith(PROTOBUF);
    }

    static Problem malformed(String field, String got, String expected) {
        return Problem.of(new Refusal(ErrorCode.BAD_REQUEST, field, got, expected));
    }

    void addPost(Routes routes, String path, Opening opening) {
        routes.add(HttpMethod.POST, path, request -> post(request, opening));
        addPreflight(routes, path, "POST");
    }

    void addPostAndGet(Routes routes, String path, Opening opening) {
        routes.add(HttpMethod.GET, path, request -> get(request, opening))
                .add(HttpMethod.POST, path, request -> post(request, opening));
        addPreflight(routes, path, "GET, POST");
    }

    private void addPreflight(Routes routes, String path, String methods) {
        routes.add(
                HttpMethod.OPTIONS,
                path,
                request -> crossOrigin.preflight(request, methods, "Content-Type"));
    }

    private void get(HttpServerRequest request, Opening opening) {
        crossOrigin.allow(request);
        opening.open(request, request.getParam(CONNECT, "").getBytes(UTF_8));
    }

    private void post(HttpServerRequest request, Opening opening) {
        crossOrigin.allow(request);
        Bodies.read(
                request,
                largestBody,
                body -> opening.open(request, body),
                tooLarge -> gate.turnAway(request, tooLarge));
    }

    LineConnection lines(HttpServerRequest request) {
        return new LineConnection(vertx, request.response(), () -> request.connection().close())
                .open();
    }
}
