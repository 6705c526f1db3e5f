package dev.fanfare.harness;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real Redis Cluster on loopback ports. Its first primaries have the slots among them in ranges
 * of one size. Not thread-safe.
 */
public final class RedisClusterProcesses implements AutoCloseable {
    private static final int SLOTS = 16_384;

    /** Members talk to each other on the port this far above: both have to exist. */
    private static final int BUS = 10_000;

    private static final long START_SECONDS = 30;

    private final List<RedisProcess> nodes = new ArrayList<>();
    private final int primaries;

    private RedisClusterProcesses(int primaries) {
        this.primaries = primaries;
    }

    /** Returns when all slots can be used. */
    public static RedisClusterProcesses start(RedisProcess.Version version, int primaries)
            throws IOException {
        var cluster = new RedisClusterProcesses(primaries);
        for (int each = 0; each < primaries; each++) {
            cluster.add(version);
        }
        for (int each = 0; each < primaries; each++) {
            cluster.nodes.get(each).command(cluster.slots(each));
        }
        cluster.awaitOk();
        return cluster;
    }

    private RedisProcess add(RedisProcess.Version version) throws IOException {
        int port = RedisProcess.freePort();
        while (port + BUS > 65_535) {
            port = RedisProcess.freePort();
        }
        var node =
                RedisProcess.startOn(
                        port,
                        version,
                        "--cluster-enabled",
                        "yes",
                        "--cluster-node-timeout",
                        "1000",
                        "--repl-diskless-sync-delay",
                        "0");
        if (!nodes.isEmpty()) {
            meet(node);
        }
        nodes.add(node);
        return node;
    }

    private void meet(RedisProcess node) throws IOException {
        var first = String.valueOf(nodes.getFirst().port());
        node.command("CLUSTER", "MEET", "127.0.0.1", first);
    }

    private String[] slots(int index) {
        var words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
        for (int slot = SLOTS * index / primaries; slot < SLOTS * (index + 1) / primaries; slot++) {
            words.add(String.valueOf(slot));
        }
        return words.toArray(String[]::new);
    }

    /** Adds a replica of this primary. Returns when it has its data. */
    public RedisProcess addReplica(RedisProcess.Version version, int primary) throws IOException {
        var replica = add(version);
        awaitOk();
        replica.command("CLUSTER", "REPLICATE", id(primary));
        await(() -> replica.command("INFO", "replication").contains("master_link_status:up"));
        return replica;
    }

    /** The primaries first, in the order of their slots. */
    public RedisProcess node(int index) {
        return nodes.get(index);
    }

    /** As in a configuration. */
    public String url() {
        return "redis-cluster://127.0.0.1:" + nodes.getFirst().port();
    }

    /** Which of the first primaries had this slot at the beginning. */
    public int ownerOf(int slot) {
        int owner = 0;
        while (slot >= SLOTS * (owner + 1) / primaries) {
            owner++;
        }
        return owner;
    }

    /** Gives a slot without keys to another primary. */
    public void moveSlot(int slot, int from, int to) throws IOException {
        var number = String.valueOf(slot);
        nodes.get(to).command("CLUSTER", "SETSLOT", number, "IMPORTING", id(from));
        nodes.get(from).command("CLUSTER", "SETSLOT", number, "MIGRATING", id(to));
        nodes.get(to).command("CLUSTER", "SETSLOT", number, "NODE", id(to));
        nodes.get(from).command("CLUSTER", "SETSLOT", number, "NODE", id(to));
    }

    private String id(int index) throws IOException {
        return nodes.get(index).command("CLUSTER", "MYID");
    }

    /** Returns when all members that run know each other and all slots have a primary. */
    public void awaitOk() throws IOException {
        for (var node : nodes) {
            if (node.isRunning()) {
                await(() -> isOk(node.command("CLUSTER", "INFO")));
            }
        }
    }

    private boolean isOk(String info) {
        return info.contains("cluster_state:ok")
                && info.contains("cluster_known_nodes:" + nodes.size());
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the cluster does not come together");
            }
            RedisProcess.pause();
        }
    }

    @Override
    public void close() {
        nodes.forEach(RedisProcess::close);
    }
}
