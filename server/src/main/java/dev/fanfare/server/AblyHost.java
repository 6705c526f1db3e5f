package dev.fanfare.server;

import dev.fanfare.ably.access.Judge;
import dev.fanfare.ably.access.RevocationDesk;
import dev.fanfare.ably.access.Revocations;
import dev.fanfare.ably.access.TokenDesk;
import dev.fanfare.ably.realtime.Entrance;
import dev.fanfare.ably.realtime.Surroundings;
import dev.fanfare.ably.rest.Rest;
import dev.fanfare.server.ably.CometTransport;
import dev.fanfare.server.ably.RestHost;
import dev.fanfare.server.ably.SocketTransport;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.http.Page;
import dev.fanfare.server.http.Routes;
import dev.fanfare.server.metrics.ServerMetrics;
import dev.fanfare.server.transport.CrossOrigin;
import dev.fanfare.server.transport.Gate;
import dev.fanfare.server.transport.WebSocketTransport;
import io.netty.channel.EventLoop;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** What is compatible with Ably: applications, and the connections of their clients. */
final class AblyHost {
    private static final long SWEEP_MILLIS = 500;

    private final ServerConfig config;
    private final InstantSource clock;
    private final List<EventLoop> loops;
    private final AblyApps apps;
    private final Entrance entrance;
    private final Rest rest;

    static AblyHost on(
            AblyApps.Ground ground,
            Engine engine,
            ServerConfig config,
            ServerMetrics metrics,
            InstantSource clock) {
        var apps = AblyApps.of(config.transports().ably(), ground, engine, metrics, clock);
        return new AblyHost(config, clock, ground, apps, metrics);
    }

    private AblyHost(
            ServerConfig config,
            InstantSource clock,
            AblyApps.Ground ground,
            AblyApps apps,
            ServerMetrics metrics) {
        this.config = config;
        this.clock = clock;
        loops = ground.loops();
        this.apps = apps;
        var revocations = new Revocations();
        ground.cluster().revokeIn(revocations);
        var judge = new Judge(apps.apps(), revocations, clock);
        var surroundings =
                new Surroundings(
                        new Surroundings.Naming(
                                config.operation().node(), Ids::connection, Ids::secret),
                        judge,
                        revocations,
                        clock,
                        RandomGenerator.getDefault(),
                        config.limits().outboundBuffer());
        entrance = new Entrance(apps.apps(), surroundings, metrics.links());
        var tokens =
                new TokenDesk(apps.apps(), config.transports().ably().terms(), clock, Ids::secret);
        rest =
                new Rest(
                        apps.apps(),
                        judge,
                        new Rest.Sources(
                                apps.sandbox(),
                                tokens,
                                new RevocationDesk(apps.apps(), ground.cluster()::revoke, clock),
                                entrance::find,
                                ground::listeners,
                                Ids.messages(),
                                clock));
    }

    /**
     * @param page for those who come to the same path without asking for a socket
     */
    void addTo(Routes routes, Gate gate, Page page) {
        routes.addPage("/", page);
        if (isServed()) {
            routes.add(HttpMethod.GET, "/", socketOr(page, gate));
            int largest = config.transports().ably().limits().frameSize();
            new CometTransport(gate, entrance, largest, clock).addTo(routes);
            new RestHost(rest, new CrossOrigin(gate.origins()), largest).addTo(routes);
        }
    }

    private boolean isServed() {
        return config.transports().ably().isServed();
    }

    private Handler<HttpServerRequest> socketOr(Page page, Gate gate) {
        var webSocket = config.transports().webSocket();
        var options =
                new WebSocketTransport.Options(
                        config.transports().ably().limits().frameSize(),
                        webSocket.compression(),
                        webSocket.compressionMinSize());
        var sockets = new SocketTransport(gate, entrance, options, clock);
        return request -> {
            if (wantsSocket(request)) {
                sockets.handle(request);
            } else {
                page.handle(request);
            }
        };
    }

    /** What can be asked by REST. */
    List<Rest.Route> routes() {
        return isServed() ? rest.routes() : List.of();
    }

    private static boolean wantsSocket(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.UPGRADE, "websocket", true);
    }

    /** Looks after all connections from now on. */
    void startSweeping() {
        apps.startSweeping(loops.getFirst());
        for (var loop : loops) {
            var _ =
                    loop.scheduleAtFixedRate(
                            () -> entrance.sweep(loop),
                            SWEEP_MILLIS,
                            SWEEP_MILLIS,
                            TimeUnit.MILLISECONDS);
        }
    }

    /** Completes when every client has been told to come back elsewhere. */
    CompletableFuture<Void> drain(Duration window) {
        return CompletableFuture.allOf(
                loops.stream()
                        .map(loop -> Drain.start(clients(loop), loop, window))
                        .toArray(CompletableFuture[]::new));
    }

    private Drain.Clients clients(EventLoop loop) {
        return new Drain.Clients() {
            @Override
            public int size() {
                return entrance.size(loop);
            }

            @Override
            public void sendAway(int count) {
                entrance.sendAway(loop, count);
            }
        };
    }
}
