package dev.fanfare.brokers.redis;

import static java.util.concurrent.CompletableFuture.allOf;

import dev.fanfare.brokers.redis.ClusterSlots.Range;
import dev.fanfare.brokers.redis.RedisAddress.Access;
import dev.fanfare.brokers.redis.RedisAddress.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * A cluster: a link to each of its primaries, and which of them has which slot. That changes on the
 * control thread alone; topics then move from link to link, and their ears hear of an interruption.
 */
final class RedisCluster implements Shard {
    /**
     * @param bySlot for each slot its primary
     */
    private record Layout(List<Link> bySlot, Map<Node, Link> links) {}

    private final ClusterSlots slots;
    private final RedisAddress.Cluster address;
    private final Connector connector;
    private final RedisOptions options;
    private final RedisObserver observer;
    private final WantedTopics wanted = new WantedTopics();
    private final Link nobody;
    private volatile Layout layout;
    private volatile boolean isSharded;
    // On the control thread only.
    private boolean isAsking;

    RedisCluster(
            RedisAddress.Cluster address,
            Connector connector,
            RedisOptions options,
            RedisObserver observer) {
        this.address = address;
        this.connector = connector;
        this.options = options;
        this.observer = observer;
        slots = new ClusterSlots(address, connector, options);
        nobody = link(address.nodes().getFirst());
        layout = new Layout(List.of(filled(nobody)), Map.of());
    }

    private Link link(Node node) {
        return new Link(new Member(node), wanted, connector, options, observer);
    }

    private static Link[] filled(Link link) {
        var all = new Link[Placement.SLOTS];
        Arrays.fill(all, link);
        return all;
    }

    @Override
    public CompletionStage<Void> start() {
        return slots.ask(List.of())
                .thenCompose(
                        ranges ->
                                slots.areSharded(ranges)
                                        .thenCompose(
                                                sharded -> {
                                                    isSharded = sharded;
                                                    return connect(ranges);
                                                }));
    }

    private CompletableFuture<Void> connect(List<Range> ranges) {
        return CompletableFuture.runAsync(() -> assign(ranges), connector.control())
                .thenCompose(
                        _ -> {
                            if (layout.bySlot().contains(nobody)) {
                                throw new Trouble(
                                        "redis cluster",
                                        "some slots have no primary",
                                        "wait until CLUSTER INFO says cluster_state:ok");
                            }
                            return allOf(
                                    links().map(link -> link.firstAttempt().toCompletableFuture())
                                            .toArray(CompletableFuture[]::new));
                        });
    }

    private Stream<Link> links() {
        return layout.links().values().stream();
    }

    @Override
    public Link link(String tag) {
        return layout.bySlot().get(Placement.slot(tag));
    }

    @Override
    public Optional<String> unready() {
        var trouble = links().flatMap(link -> link.unready().stream()).findFirst();
        return trouble.isPresent() || !layout.bySlot().contains(nobody)
                ? trouble
                : Optional.of("redis cluster: some slots have no primary");
    }

    @Override
    public boolean isSharded() {
        return isSharded;
    }

    @Override
    public void sweep() {
        links().forEach(Link::sweep);
    }

    @Override
    public void verify() {
        if (isAsking) {
            return;
        }
        isAsking = true;
        slots.ask(links().toList())
                .whenComplete(
                        (ranges, _) ->
                                connector.decide(
                                        () -> {
                                            isAsking = false;
                                            if (ranges != null) {
                                                assign(ranges);
                                            }
                                        }));
    }

    private void assign(List<Range> ranges) {
        var before = layout;
        var links = new HashMap<Node, Link>();
        var added = new ArrayList<Link>();
        var bySlot = filled(nobody);
        for (var range : ranges) {
            var link = links.computeIfAbsent(range.primary(), node -> known(node, before, added));
            Arrays.fill(bySlot, range.first(), range.last() + 1, link);
        }
        if (Arrays.asList(bySlot).equals(before.bySlot())) {
            return;
        }
        layout = new Layout(List.of(bySlot), links);
        added.forEach(Link::start);
        move(before, layout);
        before.links().values().stream()
                .filter(link -> !links.containsValue(link))
                .forEach(Link::close);
    }

    private Link known(Node node, Layout before, List<Link> added) {
        var known = before.links().get(node);
        if (known != null) {
            return known;
        }
        var link = link(node);
        added.add(link);
        return link;
    }

    /** A topic comes from its new primary only when nothing comes from the old one any more. */
    private void move(Layout before, Layout after) {
        var leaving = new HashMap<Link, List<WantedTopics.Topic>>();
        for (var topic : wanted.all()) {
            var from = before.bySlot().get(topic.slot());
            if (from != after.bySlot().get(topic.slot())) {
                wanted.interrupt(topic.name());
                from.onChange(topic.name());
                leaving.computeIfAbsent(from, _ -> new ArrayList<>()).add(topic);
            }
        }
        leaving.forEach(
                (from, topics) ->
                        from.settle()
                                .thenRun(
                                        () ->
                                                topics.forEach(
                                                        topic ->
                                                                after.bySlot()
                                                                        .get(topic.slot())
                                                                        .onChange(topic.name()))));
    }

    @Override
    public CompletionStage<Void> close() {
        return allOf(
                links().map(link -> link.close().toCompletableFuture())
                        .toArray(CompletableFuture[]::new));
    }

    /** One of its primaries. */
    private final class Member implements Link.Place {
        private final Node node;

        private Member(Node node) {
            this.node = node;
        }

        @Override
        public CompletionStage<Node> find() {
            return CompletableFuture.completedFuture(node);
        }

        @Override
        public Access access() {
            return address.access();
        }

        @Override
        public void examine(Node examined, Identity identity) {
            identity.require(examined, "cluster");
            if (isSharded && !identity.isVersion(7, 0)) {
                throw new Trouble(
                        "redis " + node,
                        "Redis " + identity.version() + " among later ones",
                        "use one version for the whole cluster");
            }
        }

        @Override
        public boolean has(int slot) {
            return layout.bySlot().get(slot).place() == this;
        }

        @Override
        public boolean isSharded() {
            return isSharded;
        }

        @Override
        public boolean isGone(String error) {
            verify();
            return switch (Refused.code(error)) {
                case "MOVED", "ASK", "TRYAGAIN", "CLUSTERDOWN" -> false;
                default -> true;
            };
        }
    }
}
