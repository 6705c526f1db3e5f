package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import dev.fanfare.brokers.redis.RedisAddress.Node;
import io.lettuce.core.protocol.CommandType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a cluster says of itself. Any thread. */
final class ClusterSlots {
    /** These slots, the last included, and who has them. */
    record Range(int first, int last, Node primary) {}

    private final RedisAddress.Cluster address;
    private final Connector connector;
    private final RedisOptions options;

    ClusterSlots(RedisAddress.Cluster address, Connector connector, RedisOptions options) {
        this.address = address;
        this.connector = connector;
        this.options = options;
    }

    /** Asks the primaries that are known, and then those of the address, until one answers. */
    CompletionStage<List<Range>> ask(List<Link> known) {
        for (var link : known) {
            var node = link.node();
            if (node != null) {
                return link.with(
                                commands ->
                                        commands.submit(
                                                Call.of(CommandType.CLUSTER, "CLUSTER", "SLOTS")))
                        .thenApply(answer -> read(answer, node))
                        .exceptionallyCompose(_ -> askAddress(0));
            }
        }
        return askAddress(0);
    }

    private CompletionStage<List<Range>> askAddress(int index) {
        var node = address.nodes().get(index);
        return connector
                .ask(node, address.access(), CommandType.CLUSTER, "CLUSTER", "SLOTS")
                .thenApply(answer -> read(answer, node))
                .exceptionallyCompose(
                        failure ->
                                index + 1 < address.nodes().size()
                                        ? askAddress(index + 1)
                                        : failedFuture(trouble(node, failure)));
    }

    private Trouble trouble(Node node, Throwable failure) {
        if (String.valueOf(failure).contains("cluster support disabled")) {
            return new Trouble("redis " + node, "is not a cluster", "use redis://");
        }
        return Trouble.of("redis " + node, address.access().tls(), failure);
    }

    /**
     * @param asked a member that does not know its own address means this one
     */
    private static List<Range> read(List<Object> answer, Node asked) {
        var ranges = new ArrayList<Range>();
        for (var each : answer) {
            var range = (List<?>) each;
            var primary = (List<?>) range.get(2);
            var host = primary.getFirst() == null ? "" : text(primary.getFirst());
            int port = Math.toIntExact((Long) primary.get(1));
            ranges.add(
                    new Range(
                            Math.toIntExact((Long) range.get(0)),
                            Math.toIntExact((Long) range.get(1)),
                            new Node(host.isEmpty() ? asked.host() : host, port)));
        }
        return ranges;
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, UTF_8);
    }

    /** Whether all primaries know topics of shards: Redis 7 does. */
    CompletionStage<Boolean> areSharded(List<Range> ranges) {
        CompletionStage<Boolean> all = completedFuture(true);
        for (var node : ranges.stream().map(Range::primary).distinct().toList()) {
            all = all.thenCombine(isSharded(node), Boolean::logicalAnd);
        }
        return all;
    }

    private CompletableFuture<Boolean> isSharded(Node node) {
        return connector
                .commands(node, address.access())
                .thenCompose(
                        wire ->
                                Identity.ask(wire, options.timeout())
                                        .whenComplete((_, _) -> wire.close("not used any more")))
                .thenApply(identity -> identity.isVersion(7, 0))
                .exceptionallyCompose(failure -> failedFuture(trouble(node, failure)))
                .toCompletableFuture();
    }
}
