package dev.fanfare.server.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one port serves: exact paths, and for each the methods it takes; then what has paths with
 * variable parts. Filled before the port listens, read by all event loops afterwards.
 */
public final class Routes implements Handler<HttpServerRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);
    private static final Set<HttpMethod> ACCOMPANYING = Set.of(HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** A method that a path takes. */
    public record Entry(String method, String path) {}

    private final Map<String, Map<HttpMethod, Handler<HttpServerRequest>>> paths = new HashMap<>();

    private final List<Region> regions = new ArrayList<>();

    private @Nullable Handler<HttpServerRequest> others;

    /** Requests that one handler answers, whatever their method. */
    private record Region(
            Predicate<HttpServerRequest> theirs, Handler<HttpServerRequest> handler) {}

    /**
     * Who answers these requests, where their path is not added: for paths with variable parts. The
     * handler looks at method and query itself.
     */
    public Routes addWhere(
            Predicate<HttpServerRequest> theirs, Handler<HttpServerRequest> handler) {
        regions.add(new Region(theirs, handler));
        return this;
    }

    /** Who answers for all that is not added. */
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
        if (methods == null) {
            handlerOfOthers(request).handle(request);
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

    private Handler<HttpServerRequest> handlerOfOthers(HttpServerRequest request) {
        for (var region : regions) {
            if (region.theirs().test(request)) {
                return region.handler();
            }
        }
        return others != null ? others : Routes::refusePath;
    }

    private static void refusePath(HttpServerRequest request) {
        Answers.problem(request, Problem.notFound(String.valueOf(request.path())));
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
