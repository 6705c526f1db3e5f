package dev.fanfare.server;

import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.hub.Hub;
import dev.fanfare.core.session.SessionLoop;
import dev.fanfare.core.session.UserDirectory;
import dev.fanfare.server.cluster.Cluster;
import dev.fanfare.server.cluster.Here;
import dev.fanfare.server.cluster.Node;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.metrics.ServerMetrics;
import dev.fanfare.server.metrics.SessionLog;
import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/** The core, put together on the event loops of this process. */
record Realtime(Channels channels, Loops loops, ClusterMember member) {
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
        var observer = new SessionLog(metrics);
        var users = new UserDirectory();
        var sessions = new HashMap<EventLoop, SessionLoop>();
        for (int i = 0; i < eventLoops.size(); i++) {
            sessions.put(
                    eventLoops.get(i),
                    new SessionLoop(
                            channels,
                            hub.shards().get(i),
                            clock,
                            RandomGenerator.getDefault(),
                            delivery.positionCheck(),
                            observer,
                            users));
        }
        var here = new Here(hub, users, node(config, clock), clock);
        return new Realtime(
                channels,
                new Loops(sessions, metrics),
                ClusterMember.on(
                        eventLoops.getFirst(), engine, here, config.operation().engine().node()));
    }

    private static Node node(ServerConfig config, InstantSource clock) {
        var version = Realtime.class.getPackage().getImplementationVersion();
        return new Node(
                Ids.client(),
                config.operation().node(),
                Objects.requireNonNullElse(version, "0.0.0"),
                clock.instant());
    }

    Cluster cluster() {
        return member.cluster();
    }
}
