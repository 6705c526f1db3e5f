package dev.fanfare.server;

import dev.fanfare.core.node.NodeName;
import dev.fanfare.core.node.Nodes;
import dev.fanfare.server.cluster.Cluster;
import dev.fanfare.server.cluster.ClusterWatch;
import dev.fanfare.server.cluster.Here;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node as one of a cluster, from the time it may take clients to the time it has none. Any
 * thread but the event loops.
 *
 * @param loop that the nodes' talk is handled on
 */
record ClusterMember(Cluster cluster, EventLoop loop) {
    private static final Duration JOIN_WITHIN = Duration.ofSeconds(10);
    private static final Duration LEAVE_WITHIN = Duration.ofSeconds(1);
    private static final long SWEEP_MILLIS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(ClusterMember.class);

    /**
     * @param timeToLive how long others wait for a node that has died
     */
    static ClusterMember on(EventLoop loop, Engine engine, Here here, Duration timeToLive) {
        var node = here.node();
        var nodes =
                new Nodes(
                        new NodeName(node.id(), node.name()),
                        engine.broker(Engine.NODES),
                        engine.presence(Engine.NODES, timeToLive),
                        timeToLive,
                        loop,
                        here.clock(),
                        new ClusterWatch(here.users()));
        return new ClusterMember(new Cluster(nodes, here), loop);
    }

    /** Returns when the other nodes know of this one. */
    void join() throws StartFailure {
        try {
            await(cluster.start(), JOIN_WITHIN);
        } catch (ExecutionException failure) {
            throw StartFailure.alone(failure.getCause());
        } catch (TimeoutException late) {
            throw StartFailure.alone(null);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw StartFailure.alone(stopped);
        }
        var _ =
                loop.scheduleAtFixedRate(
                        cluster::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The others find out by themselves where they cannot be told. */
    void leave() {
        try {
            await(cluster.leave(), LEAVE_WITHIN);
        } catch (ExecutionException | TimeoutException failure) {
            LOG.info("the other nodes could not be told: {}", failure.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CompletionStage<Void> stage, Duration time)
            throws ExecutionException, TimeoutException, InterruptedException {
        stage.toCompletableFuture().get(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
