package dev.fanfare.server;

import dev.fanfare.core.access.Tokens;
import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.TokenMaker;
import dev.fanfare.server.config.ConfigLoader;
import dev.fanfare.server.config.ConfigSources;
import dev.fanfare.server.config.Development;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.http.Routes;
import dev.fanfare.server.metrics.ServerMetrics;
import dev.fanfare.server.transport.ConnectionLimits;
import dev.fanfare.server.transport.Gate;
import dev.fanfare.server.transport.Greeter;
import dev.fanfare.server.transport.InitialState;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** The endpoints of a server, on a real port, with an application that is the test's. */
final class GreetingServer implements AutoCloseable {
    private static final InstantSource CLOCK = InstantSource.system();

    /** What all requests pass. */
    private static final class FrontDoor {
        private volatile CompletableFuture<Void> end = new CompletableFuture<>();

        /** Everything is as the routes say, and the connection's end is seen. */
        Routes before(Routes routes) {
            return new Routes()
                    .orElse(
                            request -> {
                                var gone = new CompletableFuture<Void>();
                                request.connection().closeHandler(none -> gone.complete(null));
                                end = gone;
                                routes.handle(request);
                            });
        }

        CompletableFuture<Void> lastEnd() {
            return end;
        }
    }

    private final Vertx vertx;
    private final Engine engine;
    private final Realtime realtime;
    private final ServerMetrics metrics;
    private final ConnectionLimits limits;
    private final FrontDoor door;
    private final int port;
    private final TokenMaker tokens = new TokenMaker(new Secret(Development.TOKEN_SECRET), CLOCK);

    private GreetingServer(
            Vertx vertx,
            Engine engine,
            Realtime realtime,
            ServerMetrics metrics,
            ConnectionLimits limits,
            FrontDoor door,
            int port) {
        this.vertx = vertx;
        this.engine = engine;
        this.realtime = realtime;
        this.metrics = metrics;
        this.limits = limits;
        this.door = door;
        this.port = port;
    }

    /**
     * @param yaml a configuration file
     */
    static GreetingServer start(InitialState state, String yaml) {
        var config = config(yaml);
        var metrics = new ServerMetrics(CLOCK);
        var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        try {
            var engine = Engine.start(config.operation().engine().store(), metrics, CLOCK);
            var realtime = Realtime.on(loops(vertx), engine, config, metrics, CLOCK);
            var limits = new ConnectionLimits(config.limits().connections(), CLOCK);
            var patience = config.limits().connections().connectTimeout();
            var greeter = new Greeter(realtime.channels(), state, CLOCK, patience);
            var routes = new Routes();
            var door = new FrontDoor();
            new Entrances(config, vertx, gate(config, limits), realtime, greeter).addTo(routes);
            var address = config.network().address();
            var opened =
                    new Listeners(vertx, config).open("public", address, null, door.before(routes));
            var port = StartFailure.unless(address, opened);
            return new GreetingServer(vertx, engine, realtime, metrics, limits, door, port);
        } catch (StartFailure failure) {
            throw new AssertionError(failure);
        }
    }

    private static Gate gate(ServerConfig config, ConnectionLimits limits) {
        var judge = config.token().connection().authenticator(CLOCK, Runnable::run, 100);
        return new Gate(
                new Tokens(judge, judge),
                config.network().origins(),
                limits,
                true,
                () -> false,
                (request, problem) -> {});
    }

    private static ServerConfig config(String yaml) {
        try {
            var directory = Files.createTempDirectory("fanfare-test");
            var file = directory.resolve("fanfare.yaml");
            Files.writeString(file, "port: 0\nevent-loops: 1\n" + yaml);
            var config =
                    ConfigLoader.load(
                            new ConfigSources(
                                    Map.of("dev", "true"), Map.of(), Map.of(), directory, null));
            Files.delete(file);
            Files.delete(directory);
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<EventLoop> loops(Vertx vertx) {
        var all = new ArrayList<EventLoop>();
        for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            all.add((EventLoop) loop);
        }
        return all;
    }

    /** Asks for the hub of this user; the answer is the caller's to read. */
    HttpWire ask(String user) {
        return ask("/api/realtime/sync", user);
    }

    HttpWire ask(String path, String user) {
        var wire = RunningServer.connect(port);
        var token = tokens.make(user, Duration.ofHours(1), Map.of());
        TestSocket.ask(wire, path, "Authorization: Bearer " + token);
        return wire;
    }

    void publish(String channel, String payload) {
        var type = Json.read(payload).get("type").asText();
        realtime.channels()
                .publish(new Draft(channel, null, type, Payload.json(payload), Audience.EVERYONE))
                .toCompletableFuture()
                .join();
    }

    /** Users who are present. */
    List<String> online() {
        var channel = Objects.requireNonNull(realtime.channels().find("games:online"));
        return realtime.channels().members(channel).toCompletableFuture().join().values().stream()
                .map(ClientInfo::user)
                .toList();
    }

    int connections() {
        return limits.total();
    }

    /** Waits until the server has seen that whoever asked last has gone. */
    void awaitEndOfLast() {
        door.lastEnd().join();
    }

    boolean hasSubscriptions() {
        return !metrics.scrape().contains("\nfanfare_subscriptions 0.0");
    }

    @Override
    public void close() {
        vertx.close().await();
        engine.close();
    }
}
