package dev.fanfare.brokers.redis;

import dev.fanfare.brokers.redis.RedisAddress.Standalone;
import io.lettuce.core.protocol.CommandType;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The connections to all primaries, on threads of their own. */
final class RedisServers implements Servers {
    private final Connector connector;
    private final EventExecutor control;
    private final List<Link> links;

    private RedisServers(Connector connector, EventExecutor control, List<Link> links) {
        this.connector = connector;
        this.control = control;
        this.links = links;
    }

    /** Connects to all, or to none. Blocks. */
    static RedisServers open(RedisOptions options, RedisObserver observer)
            throws RedisStartFailure {
        var connector = new Connector(options, observer);
        var control = connector.control();
        var links =
                options.shards().stream()
                        .map(shard -> new Link(place(shard), connector, options, observer, control))
                        .toList();
        var servers = new RedisServers(connector, control, links);
        servers.start(options);
        return servers;
    }

    private static Link.Place place(RedisAddress shard) {
        if (shard instanceof Standalone(var node, var access)) {
            return new SingleServer(node, access);
        }
        throw new IllegalArgumentException(shard.toString());
    }

    private void start(RedisOptions options) throws RedisStartFailure {
        var attempts = links.stream().map(Link::start).toList();
        try {
            attempts.forEach(attempt -> attempt.toCompletableFuture().join());
        } catch (CompletionException e) {
            close();
            throw new RedisStartFailure(
                    e.getCause() instanceof Trouble trouble
                            ? trouble.withAdvice()
                            : String.valueOf(e.getCause()));
        }
        long period = Math.max(1, options.timeout().toMillis() / 8);
        var _ =
                control.scheduleAtFixedRate(
                        () -> links.forEach(Link::sweep), period, period, TimeUnit.MILLISECONDS);
    }

    /** Why some channels cannot be used at the moment. */
    Optional<String> unready() {
        return links.stream().flatMap(link -> link.unready().stream()).findFirst();
    }

    private Link link(String tag) {
        return links.get(Placement.shard(tag, links.size()));
    }

    @Override
    public CompletionStage<List<Object>> run(
            String tag, Script script, List<String> keys, List<byte[]> arguments) {
        return link(tag).with(commands -> commands.run(script, keys, arguments));
    }

    @Override
    public CompletionStage<Void> send(String tag, String topic, byte[] message) {
        return link(tag)
                .with(
                        commands ->
                                commands.submit(
                                                Call.of(
                                                        CommandType.PUBLISH,
                                                        "PUBLISH",
                                                        topic,
                                                        message))
                                        .thenApply(_ -> null));
    }

    @Override
    public CompletionStage<Void> subscribe(String tag, String topic, Ear ear) {
        return link(tag).subscribe(tag, topic, ear);
    }

    @Override
    public void unsubscribe(String tag, String topic) {
        link(tag).unsubscribe(topic);
    }

    @Override
    public boolean isSharded() {
        return false;
    }

    @Override
    public void close() {
        links.forEach(link -> link.close().toCompletableFuture().join());
        connector.close();
    }
}
