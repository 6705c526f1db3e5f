package dev.fanfare.server.ably;

import dev.fanfare.ably.access.Denied;
import dev.fanfare.ably.rest.Rest;
import dev.fanfare.ably.rest.RestAnswer;
import dev.fanfare.ably.rest.RestRequest;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Bodies;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.http.RequestLoop;
import dev.fanfare.server.http.Routes;
import dev.fanfare.server.transport.CrossOrigin;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * REST on HTTP: its paths, and whatever else a client of it asks for, which is answered in its own
 * words as well. On the request's event loop.
 */
public final class RestHost {
    private static final Logger LOG = LoggerFactory.getLogger(RestHost.class);
    private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
    private static final String HEADERS =
            "Authorization, Content-Type, X-Ably-Version, X-Ably-ClientId, X-Ably-Lib, Ably-Agent";
    private static final String EXPOSED =
            "Link, X-Ably-Errorcode, X-Ably-Errormessage, X-Ably-Serverid";

    private final Rest rest;
    private final CrossOrigin crossOrigin;
    private final int bodyLimit;

    public RestHost(Rest rest, CrossOrigin crossOrigin, int bodyLimit) {
        this.rest = rest;
        this.crossOrigin = crossOrigin;
        this.bodyLimit = bodyLimit;
    }

    public void addTo(Routes routes) {
        routes.addWhere(this::isTheirs, this::handle);
    }

    private boolean isTheirs(HttpServerRequest request) {
        var path = String.valueOf(request.path());
        int end = path.indexOf('/', 1);
        var first = path.substring(Math.min(1, path.length()), end < 0 ? path.length() : end);
        return rest.serves(first) || request.headers().contains("X-Ably-Version");
    }

    private void handle(HttpServerRequest request) {
        if (request.method().equals(HttpMethod.OPTIONS)) {
            crossOrigin.preflight(request, METHODS, HEADERS);
            return;
        }
        crossOrigin.allow(request);
        request.response().putHeader("Access-Control-Expose-Headers", EXPOSED);
        Bodies.read(
                request,
                bodyLimit,
                body -> answer(request, body),
                tooLarge -> send(request, Rest.tooLarge(tooLarge.detail())));
    }

    private void answer(HttpServerRequest request, byte[] body) {
        RequestLoop.then(
                ask(request, body),
                answer -> send(request, answer),
                failure -> {
                    LOG.error("{} {} failed", request.method(), request.path(), failure);
                    Answers.problem(request, Problem.internal());
                });
    }

    private CompletionStage<RestAnswer> ask(HttpServerRequest request, byte[] body) {
        try {
            return rest.answer(
                    RestRequest.of(
                            request.method().name(),
                            String.valueOf(request.path()),
                            request.query(),
                            request.headers(),
                            body));
        } catch (Denied notEncoded) {
            return CompletableFuture.completedFuture(Rest.refusal(notEncoded.error()));
        }
    }

    private static void send(HttpServerRequest request, RestAnswer answer) {
        var response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(header -> response.headers().add(header.name(), header.value()));
        response.end(Buffer.buffer(answer.body()));
    }
}
