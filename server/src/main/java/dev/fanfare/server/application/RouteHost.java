package dev.fanfare.server.application;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fanfare.apps.database.Unavailable;
import dev.fanfare.apps.web.Access;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.apps.web.Route;
import dev.fanfare.apps.web.User;
import dev.fanfare.core.access.Identity;
import dev.fanfare.server.api.ApiKeys;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.Bodies;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.http.RequestLoop;
import dev.fanfare.server.transport.CrossOrigin;
import dev.fanfare.server.transport.Gate;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The applications' routes on HTTP: bodies, tokens, errors and pages of other origins are the same
 * for all of them. A handler runs on a virtual thread; everything else on the request's event loop.
 */
public final class RouteHost {
    private static final Logger LOG = LoggerFactory.getLogger(RouteHost.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("application").start(task);

    /**
     * @param addressHeader in which a proxy says who asks; null: nobody does
     * @param keys of backends
     */
    public record Options(int bodyLimit, @Nullable String addressHeader, ApiKeys keys) {}

    /** Hears of every request that a route has answered. */
    @FunctionalInterface
    public interface Observer {
        /**
         * @param nanos from the request's head to the end of the answer
         */
        void answered(Route route, int status, long nanos);
    }

    private final Gate gate;
    private final CrossOrigin crossOrigin;
    private final Options options;
    private final Observer observer;
    private final Map<HostedCall, CompletableFuture<Answer>> running = new ConcurrentHashMap<>();

    public RouteHost(Gate gate, Options options, Observer observer) {
        this.gate = gate;
        this.options = options;
        this.observer = observer;
        crossOrigin = new CrossOrigin(gate.origins());
    }

    /** What answers requests for these routes, and 404 or 405 for all others. */
    public Handler<HttpServerRequest> host(Vertx vertx, List<Route> routes) {
        var router = Router.router(vertx);
        for (var route : routes) {
            var path = route.path().replaceAll("\\{([a-z_]+)}", ":$1");
            router.route(HttpMethod.valueOf(route.method().name()), path)
                    .handler(context -> handle(context, route));
            router.options(path).handler(context -> preflight(context, routes, route.path()));
        }
        return router.errorHandler(404, context -> answer(context, Problem.notFound(path(context))))
                .errorHandler(405, context -> refuseMethod(context, routes))
                .errorHandler(400, context -> answer(context, Problem.badRequest()))
                .errorHandler(500, RouteHost::failed);
    }

    /** Waits until nothing runs any more, or for so long. Any thread that may block. */
    public void finish(Duration longest) {
        try {
            CompletableFuture.allOf(running.values().toArray(CompletableFuture[]::new))
                    .exceptionally(failure -> null)
                    .get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("{} requests to applications were not answered at the end", running.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String path(RoutingContext context) {
        return String.valueOf(context.request().path());
    }

    private static void answer(RoutingContext context, Problem problem) {
        Answers.problem(context.request(), problem);
    }

    private static void failed(RoutingContext context) {
        LOG.error("{} {} failed", context.request().method(), path(context), context.failure());
        answer(context, Problem.internal());
    }

    private static void refuseMethod(RoutingContext context, List<Route> routes) {
        var allowed =
                routes.stream()
                        .filter(route -> matches(route.path(), context.normalizedPath()))
                        .map(route -> route.method().name())
                        .toList();
        if (allowed.isEmpty()) {
            answer(context, Problem.notFound(path(context)));
            return;
        }
        context.response().putHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
        answer(context, Problem.methodNotAllowed(context.request().method().name(), allowed));
    }

    private static boolean matches(String template, String path) {
        return path.matches(template.replaceAll("\\{[a-z_]+}", "[^/]+") + "/?");
    }

    private void preflight(RoutingContext context, List<Route> routes, String path) {
        var methods =
                routes.stream()
                        .filter(route -> route.path().equals(path))
                        .map(route -> route.method().name())
                        .toList();
        crossOrigin.preflight(
                context.request(),
                String.join(", ", methods),
                "Authorization, Content-Type, Idempotency-Key");
    }

    private void handle(RoutingContext context, Route route) {
        var request = context.request();
        long began = System.nanoTime();
        context.addEndHandler(
                end ->
                        observer.answered(
                                route,
                                request.response().getStatusCode(),
                                System.nanoTime() - began));
        crossOrigin.allow(request);
        Bodies.read(
                request,
                options.bodyLimit(),
                body -> admit(new HostedCall(context, body, address(request)), route),
                tooLarge -> Answers.problem(request, tooLarge));
    }

    private String address(HttpServerRequest request) {
        var header = options.addressHeader();
        var vouched = header == null ? List.<String>of() : request.headers().getAll(header);
        return vouched.isEmpty()
                ? String.valueOf(request.remoteAddress().hostAddress())
                : last(vouched.getLast());
    }

    /** What stands before it came with the request, and may be anything. */
    private static String last(String addresses) {
        return addresses.substring(addresses.lastIndexOf(',') + 1).strip();
    }

    private void admit(HostedCall call, Route route) {
        if (route.access() == Access.ANYONE) {
            gate.letPass(call.request(), () -> run(call, route));
        } else if (route.access() == Access.SIGNED_IN_OR_BACKEND
                && options.keys().areShown(call.request())) {
            gate.letPass(call.request(), () -> admitBackend(call, route));
        } else {
            gate.identify(call.request(), identity -> admit(call, route, identity));
        }
    }

    private void admitBackend(HostedCall call, Route route) {
        if (options.keys().isGood(call.request())) {
            run(call.ofBackend(), route);
        } else {
            gate.turnAway(
                    call.request(),
                    Problem.unauthorized("API key", "another key", "a key of the server's API"));
        }
    }

    private void admit(HostedCall call, Route route, Identity identity) {
        var user = new User(identity.user(), identity.claims());
        if (!identity.isSignedIn()) {
            gate.turnAway(
                    call.request(), Problem.unauthorized("token", "no user", "a user's token"));
        } else if (route.access() == Access.ADMIN && !user.isAdmin()) {
            gate.turnAway(
                    call.request(),
                    Problem.forbidden("token", "another role", "the claim role: admin"));
        } else {
            run(call.of(user), route);
        }
    }

    private void run(HostedCall call, Route route) {
        var answer = CompletableFuture.supplyAsync(() -> route.handler().handle(call), THREADS);
        running.put(call, answer);
        RequestLoop.then(
                answer.whenComplete((value, failure) -> running.remove(call)),
                value -> answer(call.request(), value),
                failure -> fail(call.request(), failure));
    }

    private static void answer(HttpServerRequest request, Answer answer) {
        answer.headers().forEach(request.response()::putHeader);
        if (answer.body() == null) {
            request.response().setStatusCode(answer.status()).end();
            return;
        }
        try {
            Answers.json(request, answer.status(), JSON.writeValueAsBytes(answer.body()));
        } catch (JsonProcessingException e) {
            fail(request, e);
        }
    }

    private static void fail(HttpServerRequest request, Throwable failure) {
        var cause = failure instanceof CompletionException ? failure.getCause() : failure;
        switch (Objects.requireNonNull(cause)) {
            case Refused refused -> refuse(request, refused);
            case Unavailable outage -> {
                LOG.warn("{} {}: {}", request.method(), request.path(), outage.getMessage());
                Answers.problem(
                        request, Problem.unavailable("database", "no answer", "another try later"));
            }
            case Throwable mistake -> {
                LOG.error("{} {} failed", request.method(), request.path(), mistake);
                Answers.problem(request, Problem.internal());
            }
        }
    }

    private static void refuse(HttpServerRequest request, Refused refused) {
        var later = refused.retryAfter();
        if (later != null) {
            long seconds = Math.max(1, later.plusMillis(999).toSeconds());
            request.response().putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        }
        Answers.problem(
                request,
                Problem.ofApplication(
                        refused.status(),
                        refused.code(),
                        refused.field(),
                        refused.got(),
                        refused.expected()));
    }
}
