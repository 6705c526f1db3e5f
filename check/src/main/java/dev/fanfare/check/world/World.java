package dev.fanfare.check.world;

import dev.fanfare.check.client.Address;
import dev.fanfare.check.client.Site;
import dev.fanfare.check.history.Recorder;
import dev.fanfare.check.history.Run.ChannelRules;
import dev.fanfare.check.history.Run.Promises;
import dev.fanfare.harness.FaultProxy;
import dev.fanfare.harness.RedisProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Redis and the nodes that share it, with a proxy in front of each node, and one between each
 * node and Redis. All of it ends with this JVM, if not before.
 */
public final class World implements AutoCloseable {
    /** A node with its proxies. */
    record Place(NodeProcess process, FaultProxy clients, FaultProxy redis) {
        String name() {
            return process.address().node();
        }
    }

    private static final long LOOK_MILLIS = 100;

    private final RedisProcess redis;
    private final List<Place> places = new ArrayList<>();
    private final Thread atTheEnd = new Thread(this::destroy, "end-of-the-world");

    private World(RedisProcess redis) {
        this.redis = redis;
        Runtime.getRuntime().addShutdownHook(atTheEnd);
    }

    /**
     * Returns when all nodes are ready.
     *
     * @param jar the built server
     * @param directory for configurations and logs
     */
    public static World start(Path jar, Path directory, int nodes, RedisProcess.Version version)
            throws IOException {
        var world = new World(RedisProcess.start(version, "--appendonly", "yes"));
        try {
            for (int number = 1; number <= nodes; number++) {
                world.add("node" + number, jar, directory);
            }
            for (var place : world.places) {
                place.process().awaitReady();
            }
            return world;
        } catch (IOException | RuntimeException failed) {
            world.close();
            throw failed;
        }
    }

    /** The channels that there are. */
    public static List<ChannelRules> channels() {
        return Settings.CHANNELS;
    }

    public static Promises promises() {
        return Settings.PROMISES;
    }

    /** The nodes as clients reach them. */
    public Site site(Recorder recorder) {
        var nodes = places.stream().map(place -> new Address(place.name(), place.clients().port()));
        return new Site(nodes.toList(), recorder, Settings.SECRETS, Settings.PATIENCE);
    }

    /** Returns when Redis and all nodes are well, or there is no more patience. */
    public boolean awaitCalm(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!places.stream().allMatch(place -> place.process().isReady())) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return true;
    }

    /** The proxy between clients and a node, counted from 0. */
    public FaultProxy proxyOfClients(int node) {
        return places.get(node).clients();
    }

    List<Place> places() {
        return List.copyOf(places);
    }

    RedisProcess redis() {
        return redis;
    }

    @Override
    public void close() {
        destroy();
        for (var place : places) {
            place.clients().close();
            place.redis().close();
        }
        redis.close();
        try {
            Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException underway) {
            // the JVM ends already, and the hook finds nothing to do
        }
    }

    private void add(String name, Path jar, Path directory) throws IOException {
        var address = new Address(name, RedisProcess.freePort());
        var toRedis = FaultProxy.to(redis.port());
        var toNode = FaultProxy.to(address.port());
        var settings = Settings.of(address, toRedis.port());
        var process = NodeProcess.start(address, jar, directory, settings);
        places.add(new Place(process, toNode, toRedis));
    }

    private void destroy() {
        places.forEach(place -> place.process().destroy());
        if (redis.isRunning()) {
            redis.kill();
        }
    }
}
