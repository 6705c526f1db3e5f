package dev.fanfare.server;

import dev.fanfare.apps.Applications;
import dev.fanfare.apps.web.Route;
import dev.fanfare.apps.web.User;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.push.PushProvider;
import dev.fanfare.push.ShowingProvider;
import dev.fanfare.server.api.ApiKeys;
import dev.fanfare.server.application.ChannelPresence;
import dev.fanfare.server.application.RouteHost;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.http.Page;
import dev.fanfare.server.http.Routes;
import dev.fanfare.server.metrics.ServerMetrics;
import dev.fanfare.server.transport.Gate;
import dev.fanfare.server.transport.InitialState;
import dev.fanfare.server.transport.TokenEndpoint;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
            task -> Thread.ofVirtual().name("application-data").start(task);

    /** Those that run, and how they are reached. */
    private record Running(
            Applications applications, RouteHost.Options options, PushProvider provider) {}

    /** How long requests that are being answered may still take at the end. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final @Nullable Running running;
    private @Nullable RouteHost routes;

    private ApplicationHost(@Nullable Running running) {
        this.running = running;
    }

    /** Returns at once. */
    static ApplicationHost start(ServerConfig config, Channels channels, ServerMetrics metrics) {
        var wanted = config.operation().applications();
        if (wanted == null) {
            return new ApplicationHost(null);
        }
        var observer = metrics.publisher();
        var provider = ApplicationOptions.provider(wanted.push());
        var around =
                new Applications.Surroundings(
                        ApplicationOptions.delivery(config, wanted.telling(), channels, observer),
                        observer,
                        new ChannelPresence(channels),
                        provider,
                        metrics.push());
        var api = config.publish().api();
        return new ApplicationHost(
                new Running(
                        Applications.start(ApplicationOptions.of(config, wanted), around),
                        new RouteHost.Options(
                                wanted.bodyLimit(),
                                wanted.accounts().addressHeader(),
                                new ApiKeys(api.keys(), api.insecure())),
                        provider));
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

    /** What phones show, where nothing is sent to them. */
    Optional<ShowingProvider> phones() {
        return running != null && running.provider() instanceof ShowingProvider phones
                ? Optional.of(phones)
                : Optional.empty();
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

    /** What tokens say beside what the requests for them do. */
    TokenEndpoint.MoreClaims claims() {
        if (running == null) {
            return TokenEndpoint.MoreClaims.NONE;
        }
        var applications = running.applications();
        return user ->
                CompletableFuture.supplyAsync(
                        () -> Map.of("sessions", applications.sessionsOf(user)), THREADS);
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
