package dev.fanfare.server;

import dev.fanfare.server.cli.Server;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.metrics.ServerMetrics;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server: what {@code fanfare serve} starts, and tests in their own process. Any thread.
 */
public final class FanfareServer implements Server {
    private static final Logger LOG = LoggerFactory.getLogger(FanfareServer.class);

    /** What is left of the shutdown when all clients have been told. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final Engine engine;
    private final Lifecycle lifecycle;
    private final Realtime realtime;
    private final Duration drain;
    private final Sources sources;
    private final Ports ports;
    private final AtomicBoolean closing = new AtomicBoolean();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** As they came to be. */
    private record Ports(int open, OptionalInt internal) {}

    /** Where publications come from, beside the ports. */
    private record Sources(ApplicationHost applications, PubSub pubSub) {
        void close() {
            pubSub.close();
            applications.close();
        }
    }

    private FanfareServer(
            Vertx vertx,
            Engine engine,
            Lifecycle lifecycle,
            Realtime realtime,
            Sources sources,
            Duration drain,
            Ports ports) {
        this.vertx = vertx;
        this.engine = engine;
        this.lifecycle = lifecycle;
        this.realtime = realtime;
        this.drain = drain;
        this.sources = sources;
        this.ports = ports;
    }

    /**
     * Returns when it listens.
     *
     * @throws StartFailure when it cannot, with nothing left running
     */
    public static FanfareServer start(ServerConfig config, InstantSource clock)
            throws StartFailure {
        var metrics = new ServerMetrics(clock);
        var engine = Engine.start(config.operation().engine().store(), metrics, clock);
        int eventLoops = config.network().eventLoops();
        var vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(eventLoops)
                                .setPreferNativeTransport(true));
        try {
            return start(config, clock, vertx, engine, metrics);
        } catch (StartFailure failure) {
            vertx.close().await();
            engine.close();
            throw failure;
        }
    }

    private static FanfareServer start(
            ServerConfig config,
            InstantSource clock,
            Vertx vertx,
            Engine engine,
            ServerMetrics metrics)
            throws StartFailure {
        var realtime = Realtime.on(eventLoops(vertx), engine, config, metrics, clock);
        var applications = ApplicationHost.start(config, realtime.channels(), metrics);
        try {
            var lifecycle = new Lifecycle(() -> engine.unready().or(applications::unready));
            var serving =
                    new Serving(config, clock, vertx, lifecycle, metrics, realtime, applications);
            realtime.member().join();
            var ports = open(config, vertx, serving);
            realtime.startSweeping();
            lifecycle.serving();
            var pubSub = PubSub.start(config, realtime.channels(), metrics);
            return new FanfareServer(
                    vertx,
                    engine,
                    lifecycle,
                    realtime,
                    new Sources(applications, pubSub),
                    config.network().drain(),
                    ports);
        } catch (StartFailure failure) {
            applications.close();
            throw failure;
        }
    }

    private static Ports open(ServerConfig config, Vertx vertx, Serving serving)
            throws StartFailure {
        var listeners = new Listeners(vertx, config);
        var network = config.network();
        int port =
                StartFailure.unless(
                        network.address(),
                        listeners.open(
                                "public",
                                network.address(),
                                network.tls(),
                                serving.publicRoutes()));
        var internal = network.internal();
        var internalPort =
                internal == null
                        ? OptionalInt.empty()
                        : OptionalInt.of(
                                StartFailure.unless(
                                        internal,
                                        listeners.open(
                                                "internal",
                                                internal,
                                                null,
                                                serving.internalRoutes())));
        return new Ports(port, internalPort);
    }

    private static List<EventLoop> eventLoops(Vertx vertx) {
        var all = new ArrayList<EventLoop>();
        for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
            all.add((EventLoop) loop);
        }
        return all;
    }

    @Override
    public int port() {
        return ports.open();
    }

    @Override
    public OptionalInt internalPort() {
        return ports.internal();
    }

    @Override
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    /**
     * Readiness goes first, then nobody is let in, then every client is told to come back
     * elsewhere, spread over the configured time, then no other node waits for this one any more,
     * and the ports close.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            awaitUninterruptibly();
            return;
        }
        lifecycle.draining();
        LOG.info("shutting down: clients are told within {} s", drain.toSeconds());
        try {
            realtime.drain(drain).get(drain.plus(LAST_WORDS).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("not every client could be told", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sources.close();
            realtime.member().leave();
            vertx.close().await();
            engine.close();
            stopped.countDown();
        }
        LOG.info("stopped");
    }

    private void awaitUninterruptibly() {
        try {
            awaitStop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
