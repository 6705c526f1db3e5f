package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanfare.core.access.Authenticator;
import dev.fanfare.core.access.Tokens;
import dev.fanfare.server.access.TokenRules;
import dev.fanfare.server.api.ApiEndpoint;
import dev.fanfare.server.api.ApiKeys;
import dev.fanfare.server.api.ApiLimits;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.config.ServerConfig.Api.Errors;
import dev.fanfare.server.http.Answers;
import dev.fanfare.server.http.HealthEndpoints;
import dev.fanfare.server.http.Routes;
import dev.fanfare.server.metrics.ServerMetrics;
import dev.fanfare.server.openapi.OpenApi;
import dev.fanfare.server.openapi.OpenApiEndpoint;
import dev.fanfare.server.page.DocsPage;
import dev.fanfare.server.page.EventsPage;
import dev.fanfare.server.page.SessionsPage;
import dev.fanfare.server.page.StoriesPage;
import dev.fanfare.server.publish.PublishEndpoint;
import dev.fanfare.server.transport.ConnectionLimits;
import dev.fanfare.server.transport.Gate;
import dev.fanfare.server.transport.Greeter;
import dev.fanfare.server.transport.TokenEndpoint;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the ports serve: routes, and the parts behind them. */
final class Serving {
    private static final Logger LOG = LoggerFactory.getLogger("fanfare.gate");
    private static final int REMEMBERED_TOKENS = 20_000;
    private static final String SCRAPE = "text/plain; version=0.0.4; charset=utf-8";

    private final ServerConfig config;
    private final InstantSource clock;
    private final Lifecycle lifecycle;
    private final ServerMetrics metrics;
    private final Realtime realtime;
    private final Entrances entrances;
    private final TokenEndpoint tokens;
    private final ApplicationHost applications;
    private final Gate gate;
    private final Vertx vertx;

    Serving(
            ServerConfig config,
            InstantSource clock,
            Vertx vertx,
            Lifecycle lifecycle,
            ServerMetrics metrics,
            Realtime realtime,
            ApplicationHost applications) {
        this.config = config;
        this.clock = clock;
        this.lifecycle = lifecycle;
        this.metrics = metrics;
        this.realtime = realtime;
        this.applications = applications;
        this.vertx = vertx;
        gate = gate(vertx);
        var greeter =
                new Greeter(
                        realtime.channels(),
                        applications.initialState(),
                        clock,
                        greetingPatience(config));
        entrances = new Entrances(config, vertx, gate, realtime, greeter);
        tokens =
                new TokenEndpoint(
                        gate,
                        config.token().connection().maker(clock),
                        config.token().lifetime(),
                        applications.claims());
    }

    /** An application's state may wait for its database, as its routes do. */
    private static Duration greetingPatience(ServerConfig config) {
        var usual = config.limits().connections().connectTimeout();
        var applications = config.operation().applications();
        var database = applications == null ? usual : applications.database().patience();
        return database.compareTo(usual) > 0 ? database : usual;
    }

    /** With a port of their own, the internal routes are only there. */
    Routes publicRoutes() {
        var routes = new Routes();
        realtime.ably().addTo(routes, gate, EventsPage.of(config, clock));
        entrances.addTo(routes);
        tokens.addTo(routes);
        if (config.network().internal() == null) {
            addInternal(routes);
        }
        applications.addTo(routes, gate, vertx, metrics, () -> StoriesPage.of(config, clock));
        applications
                .phones()
                .ifPresent(phones -> new SessionsPage(config, clock, phones).addTo(routes));
        var description = new OpenApiEndpoint(vertx, () -> described(routes));
        return new DocsPage(config, clock, vertx)
                .addTo(routes.addPage("/openapi.json", description));
    }

    /** What is told of the routes of a port. */
    private ObjectNode described(Routes routes) {
        var served = new HashSet<>(routes.entries());
        served.removeIf(route -> route.path().startsWith("/docs/")); // parts of a page
        for (var route : applications.routes()) {
            served.add(new Routes.Entry(route.method().name(), route.path()));
        }
        for (var route : realtime.ably().routes()) {
            served.add(new Routes.Entry(route.method(), route.path()));
        }
        return OpenApi.of(config.transports().endpoints(), config.publish().api().path(), served);
    }

    Routes internalRoutes() {
        return addInternal(new Routes());
    }

    private Routes addInternal(Routes routes) {
        var health = new HealthEndpoints(lifecycle::unready);
        routes.add(HttpMethod.POST, "/internal/publish", publishEndpoint())
                .addPage("/health", health::ready)
                .addPage("/health/live", health::live)
                .addPage("/health/ready", health::ready);
        apiEndpoint().addTo(routes);
        return config.operation().metrics() ? routes.addPage("/metrics", this::scrape) : routes;
    }

    private PublishEndpoint publishEndpoint() {
        var publish = config.publish();
        return new PublishEndpoint(
                realtime.channels(), publish.token(), Publishing.limits(publish), metrics);
    }

    private ApiEndpoint apiEndpoint() {
        var api = config.publish().api();
        var options =
                new ApiEndpoint.Options(
                        api.path(),
                        new ApiKeys(api.keys(), api.insecure()),
                        api.errors() == Errors.TRANSPORT,
                        new ApiLimits(
                                api.bodyLimit(),
                                config.publish().payloadLimit(),
                                api.batchLimit()));
        return new ApiEndpoint(realtime.channels(), realtime.cluster(), options, metrics);
    }

    private void scrape(HttpServerRequest request) {
        Answers.send(request, 200, SCRAPE, metrics.scrape().getBytes(UTF_8));
    }

    private Gate gate(Vertx vertx) {
        var limits = new ConnectionLimits(config.limits().connections(), clock);
        return new Gate(
                judges(vertx),
                config.network().origins(),
                limits,
                config.token().inQuery(),
                lifecycle::isDraining,
                (request, problem) -> {
                    metrics.refused("connect", problem.code());
                    LOG.info(
                            "{} from {} turned away: {}",
                            request.path(),
                            request.remoteAddress(),
                            problem.detail());
                });
    }

    private Tokens judges(Vertx vertx) {
        var token = config.token();
        var connection = judge(token.connection(), vertx);
        var subscription = token.subscription();
        return new Tokens(
                connection, subscription == null ? connection : judge(subscription, vertx));
    }

    private Authenticator judge(TokenRules rules, Vertx vertx) {
        return rules.authenticator(
                clock, task -> vertx.executeBlocking(() -> runNow(task), false), REMEMBERED_TOKENS);
    }

    private static Void runNow(Runnable task) {
        task.run();
        return null;
    }
}
