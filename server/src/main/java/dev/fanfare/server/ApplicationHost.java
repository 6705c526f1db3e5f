package dev.fanfare.server;

import dev.fanfare.apps.Applications;
import dev.fanfare.apps.accounts.AccountOptions;
import dev.fanfare.apps.web.Route;
import dev.fanfare.apps.web.User;
import dev.fanfare.client.Delivery;
import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.Publisher;
import dev.fanfare.client.PublisherConfig;
import dev.fanfare.client.Tokens;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.server.application.DirectDelivery;
import dev.fanfare.server.application.RouteHost;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.config.ServerConfig.Applications.Telling;
import dev.fanfare.server.http.Page;
import dev.fanfare.server.http.Routes;
import dev.fanfare.server.transport.Gate;
import dev.fanfare.server.transport.InitialState;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The applications in this process, where there are any. */
final class ApplicationHost implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ApplicationHost.class);
    private static final Executor THREADS =
            task -> Thread.ofVirtual().name("initial-state").start(task);

    /** Those that run, and how they are reached. */
    private record Running(Applications applications, RouteHost.Options options) {}

    /** How long requests that are being answered may still take at the end. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final @Nullable Running running;
    private @Nullable RouteHost routes;

    private ApplicationHost(@Nullable Running running) {
        this.running = running;
    }

    /** Returns at once. */
    static ApplicationHost start(ServerConfig config, Channels channels, PublishObserver observer) {
        var wanted = config.operation().applications();
        if (wanted == null) {
            return new ApplicationHost(null);
        }
        var accounts = wanted.accounts();
        var options =
                new Applications.Options(
                        wanted.database(),
                        accounts.startingBalance(),
                        new AccountOptions(
                                tokens(config.token()),
                                accounts.tokenLifetime(),
                                accounts.attemptsPerMinute(),
                                accounts.bcryptCost(),
                                accounts.waitingPasswords()),
                        wanted.telling().outbox());
        return new ApplicationHost(
                new Running(
                        Applications.start(
                                options,
                                delivery(config, wanted.telling(), channels, observer),
                                observer),
                        new RouteHost.Options(wanted.bodyLimit(), accounts.addressHeader())));
    }

    /** Null where this server would not take them. */
    private static @Nullable Tokens tokens(ServerConfig.Token token) {
        var secret = token.secret();
        return secret == null || !token.connection().terms().arePlain()
                ? null
                : new Tokens(secret.value());
    }

    private static Delivery delivery(
            ServerConfig config, Telling telling, Channels channels, PublishObserver observer) {
        var publish = config.publish();
        var elsewhere = telling.elsewhere();
        var token = publish.token();
        if (elsewhere == null || token == null) {
            var limits = Publishing.limits(publish);
            return new DirectDelivery(channels, limits).observed("direct", observer);
        }
        var http = PublisherConfig.of(elsewhere.toString(), token.value());
        var pubSub = publish.pubSub();
        // The outbox has time, and Redis cannot say that a server has taken an event.
        var redis = pubSub == null || telling.outbox() ? "" : pubSub.url();
        return Publisher.delivery(http.withRedis(redis), observer);
    }

    /**
     * @param storiesPage stands at a path that takes POST as well
     */
    void addTo(
            Routes routes,
            Gate gate,
            Vertx vertx,
            RouteHost.Observer observer,
            Supplier<Page> storiesPage) {
        if (running != null) {
            this.routes = new RouteHost(gate, running.options(), observer);
            var host = this.routes.host(vertx, running.applications().routes());
            routes.addPage("/stories", storiesPage.get())
                    .add(HttpMethod.POST, "/stories", host)
                    .add(HttpMethod.OPTIONS, "/stories", host)
                    .orElse(host);
        }
    }

    /** What applications can be asked. */
    List<Route> routes() {
        return running == null ? List.of() : running.applications().routes();
    }

    /** What clients of the sync hub are told first. */
    InitialState initialState() {
        if (running == null) {
            return InitialState.NONE;
        }
        var applications = running.applications();
        return identity ->
                CompletableFuture.supplyAsync(() -> state(applications, identity), THREADS);
    }

    /** That a database is away is no mistake of ours. */
    private static Optional<byte[]> state(Applications applications, Identity identity) {
        try {
            return applications.initialState(new User(identity.user(), identity.claims()));
        } catch (dev.fanfare.apps.database.Unavailable e) {
            LOG.warn("no state for user {}: {}", identity.user(), e.getMessage());
            throw new Unavailable("database: no answer");
        }
    }

    /** What requests wait for; empty: nothing. */
    Optional<String> unready() {
        return running == null ? Optional.empty() : running.applications().unready();
    }

    /** No new requests are let in any more. */
    @Override
    public void close() {
        if (routes != null) {
            routes.finish(PATIENCE);
        }
        if (running != null) {
            running.applications().close();
        }
    }
}
