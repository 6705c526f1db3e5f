package dev.fanfare.server;

import dev.fanfare.core.broker.MemoryBroker;
import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.hub.Hub;
import dev.fanfare.core.presence.MemoryPresence;
import dev.fanfare.core.session.SessionLoop;
import dev.fanfare.core.session.UserDirectory;
import dev.fanfare.server.config.ServerConfig.Delivery;
import dev.fanfare.server.metrics.ServerMetrics;
import dev.fanfare.server.metrics.SessionLog;
import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.random.RandomGenerator;

/** The core, put together on the event loops of this process. */
record Realtime(MemoryBroker broker, Channels channels, Hub hub, UserDirectory users, Loops loops) {

    static Realtime on(
            List<EventLoop> eventLoops,
            Catalogue catalogue,
            Delivery delivery,
            ServerMetrics metrics,
            InstantSource clock) {
        var broker = new MemoryBroker(clock, Ids::epoch);
        var hub =
                new Hub(
                        broker,
                        eventLoops,
                        loop -> new PacedDeliveries(loop, delivery.maxDelay()),
                        metrics);
        broker.start(hub);
        var channels = new Channels(catalogue, broker, new MemoryPresence(), Ids.messages());
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
        return new Realtime(broker, channels, hub, users, new Loops(sessions, metrics));
    }
}
