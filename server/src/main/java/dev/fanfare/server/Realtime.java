package dev.fanfare.server;

import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.hub.Hub;
import dev.fanfare.core.hub.HubShard;
import dev.fanfare.core.session.SessionLoop;
import dev.fanfare.core.session.UserDirectory;
import dev.fanfare.server.cluster.Cluster;
import dev.fanfare.server.cluster.Here;
import dev.fanfare.server.cluster.Node;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.metrics.ServerMetrics;
import dev.fanfare.server.metrics.SessionLog;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** The core, put together on the event loops of this process. */
record Realtime(Channels channels, Loops loops, AblyHost ably, ClusterMember member) {
    static Realtime on(
            List<EventLoop> eventLoops,
            Engine engine,
            ServerConfig config,
            ServerMetrics metrics,
            InstantSource clock) {
        var delivery = config.network().delivery();
        var broker = engine.broker(Engine.CHANNELS);
        var hub =
                new Hub(
                        broker,
                        eventLoops,
                        loop -> new PacedDeliveries(loop, delivery.maxDelay()),
                        metrics);
        broker.start(hub);
        var presence = engine.presence(Engine.CHANNELS, config.operation().engine().presence());
        var channels = new Channels(config.catalogue(), broker, presence, Ids.messages());
        presence.start(channels);
        var users = new UserDirectory();
        var here = new Here(hub, users, node(config, clock), clock);
        var member =
                ClusterMember.on(
                        eventLoops.getFirst(), engine, here, config.operation().engine().node());
        var ground = new AblyApps.Ground(channels, hub, eventLoops, member.cluster());
        var observer = new SessionLog(metrics);
        var random = RandomGenerator.getDefault();
        var check = delivery.positionCheck();
        var sessions =
                sessions(
                        ground,
                        shard ->
                                new SessionLoop(
                                        channels, shard, clock, random, check, observer, users));
        return new Realtime(
                channels,
                new Loops(sessions, metrics),
                AblyHost.on(ground, engine, config, metrics, clock),
                member);
    }

    private static Map<EventLoop, SessionLoop> sessions(
            AblyApps.Ground ground, Function<HubShard, SessionLoop> made) {
        var sessions = new HashMap<EventLoop, SessionLoop>();
        for (int i = 0; i < ground.loops().size(); i++) {
            sessions.put(ground.loops().get(i), made.apply(ground.hub().shards().get(i)));
        }
        return sessions;
    }

    private static Node node(ServerConfig config, InstantSource clock) {
        var version = Realtime.class.getPackage().getImplementationVersion();
        return new Node(
                Ids.client(),
                config.operation().node(),
                Objects.requireNonNullElse(version, "0.0.0"),
                clock.instant());
    }

    /** Looks after all clients from now on. */
    void startSweeping() {
        loops.startSweeping();
        ably.startSweeping();
    }

    /** Completes when every client has been told and has left the books. */
    CompletableFuture<Void> drain(Duration window) {
        return CompletableFuture.allOf(loops.drain(window), ably.drain(window));
    }

    Cluster cluster() {
        return member.cluster();
    }
}
