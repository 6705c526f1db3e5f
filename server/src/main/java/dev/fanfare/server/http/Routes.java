package dev.fanfare.server.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one port serves: exact paths, and for each the methods it takes. Filled before the port
 * listens, read by all event loops afterwards.
 */
public final class Routes implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final Set<HttpMethod> ACCOMPANYING = Set.of(HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** A method that a path takes. */
    public record Entry(String method, String path) {}

    private final Map<String, Map<HttpMethod, Handler<HttpServerRequest>>> paths = new HashMap<>();

    private @Nullable Handler<HttpServerRequest> others;

    /** Who answers for all paths that are not added. */
    public Routes orElse(Handler<HttpServerRequest> handler) {
        others = handler;
        return this;
    }

    public Routes add(HttpMethod method, String path, Handler<HttpServerRequest> handler) {
        paths.computeIfAbsent(path, key -> new LinkedHashMap<>()).put(method, handler);
        return this;
    }

    /** Something to look at: HEAD gets what GET gets, without the body. */
    public Routes addPage(String path, Handler<HttpServerRequest> handler) {
        return add(HttpMethod.GET, path, handler).add(HttpMethod.HEAD, path, handler);
    }

    /** All that are added, but HEAD and OPTIONS, which come with other methods. */
    public List<Entry> entries() {
        return paths.entrySet().stream()
                .flatMap(
                        path ->
                                path.getValue().keySet().stream()
                                        .filter(method -> !ACCOMPANYING.contains(method))
                                        .map(method -> new Entry(method.name(), path.getKey())))
                .toList();
    }

    /** Whatever happens in a handler, the client is answered. */
    @Override
    public void handle(HttpServerRequest request) {
        try {
            route(request);
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.method(), request.path(), e);
            Answers.problem(request, Problem.internal());
        }
    }

    private void route(HttpServerRequest request) {
        var methods = paths.get(request.path());
        if (methods == null && others != null) {
            others.handle(request);
            return;
        }
        if (methods == null) {
            Answers.problem(request, Problem.notFound(String.valueOf(request.path())));
            return;
        }
        var handler = methods.get(request.method());
        if (handler == null) {
            refuseMethod(request, List.copyOf(methods.keySet()));
            return;
        }
        var problem = queryProblem(request);
        if (problem != null) {
            Answers.problem(request, problem);
            return;
        }
        handler.handle(request);
    }

    private static @Nullable Problem queryProblem(HttpServerRequest request) {
        try {
            var _ = request.query() == null ? null : request.params();
            return null;
        } catch (IllegalArgumentException notEncoded) {
            return Problem.badQuery("no percent-encoding");
        }
    }

    private static void refuseMethod(HttpServerRequest request, List<HttpMethod> allowed) {
        var names = allowed.stream().map(HttpMethod::name).toList();
        request.response().putHeader(HttpHeaders.ALLOW, String.join(", ", names));
        Answers.problem(request, Problem.methodNotAllowed(request.method().name(), names));
    }
}
