package dev.fanfare.core.simulation;

import static dev.fanfare.core.simulation.Violation.unless;

import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.hub.Hub;
import dev.fanfare.core.hub.HubObserver;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.session.SessionLoop;
import dev.fanfare.core.session.SessionObserver;
import dev.fanfare.core.session.UserDirectory;
import dev.fanfare.core.session.UserSessions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One server process, all of it real but its broker, its sockets and its threads. */
final class Node {
    /** An event loop: its thread, and its sessions. */
    record Loop(Executor lane, SessionLoop sessions) {}

    private final NodeBroker broker;
    private final NodePresence presence;
    private final Channels channels;
    private final Hub hub;
    private final List<Loop> loops;
    private final UserSessions rivals = new UserSessions(this::claim);
    private final UserDirectory users = new UserDirectory();

    Node(World world, Catalogue catalogue) {
        var scheduler = world.scheduler;
        broker = new NodeBroker(world.engine, scheduler, world.random, world.fault);
        world.engine.add(broker);
        presence =
                new NodePresence(world.presence, new FarAway(scheduler, world.random), world.fault);
        channels = new Channels(catalogue, broker, presence, world::nextMessageId);
        var lanes = Stream.generate(() -> lane(world)).limit(1 + world.random.nextInt(3)).toList();
        hub = new Hub(broker, lanes, HubObserver.NONE);
        broker.start(hub);
        loops =
                IntStream.range(0, lanes.size())
                        .mapToObj(index -> new Loop(lanes.get(index), sessions(world, index)))
                        .toList();
    }

    private static Executor lane(World world) {
        var lane = world.scheduler.lane();
        if (world.fault != Fault.LOOP_LOSES_TASKS) {
            return lane;
        }
        return task -> {
            if (!world.happens(20)) {
                lane.execute(task);
            }
        };
    }

    private SessionLoop sessions(World world, int index) {
        return new SessionLoop(
                channels,
                hub.shards().get(index),
                world.scheduler,
                world.random,
                Duration.ofSeconds(40),
                SessionObserver.NONE,
                users);
    }

    NodeBroker broker() {
        return broker;
    }

    Channels channels() {
        return channels;
    }

    List<Loop> loops() {
        return loops;
    }

    UserSessions rivals() {
        return rivals;
    }

    /** No user of the simulation is on two nodes. */
    private CompletionStage<Void> claim(String user, String client) {
        rivals.claimed(user, client);
        return CompletableFuture.completedStage(null);
    }

    void sweep() {
        loops.forEach(loop -> loop.lane().execute(loop.sessions()::sweep));
    }

    void shutDown() {
        for (var loop : loops) {
            loop.lane()
                    .execute(
                            () -> {
                                var sessions = loop.sessions();
                                sessions.disconnect(sessions.size(), Disconnect.SHUTDOWN);
                            });
        }
    }

    void setCalm(boolean calm) {
        broker.setCalm(calm);
        presence.setCalm(calm);
    }

    void expectEmpty() {
        unless(hub.channels() == 0, "%d channels left in the hub", hub.channels());
        unless(
                broker.subscriptions() == 0,
                "%d subscriptions left at the broker",
                broker.subscriptions());
        unless(rivals.size() == 0, "%d users left", rivals.size());
        loops.forEach(loop -> unless(loop.sessions().size() == 0, "sessions left"));
    }
}
