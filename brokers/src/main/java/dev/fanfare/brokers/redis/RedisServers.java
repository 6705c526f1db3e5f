package dev.fanfare.brokers.redis;

import dev.fanfare.brokers.redis.RedisAddress.Cluster;
import dev.fanfare.brokers.redis.RedisAddress.Sentinel;
import dev.fanfare.brokers.redis.RedisAddress.Standalone;
import io.lettuce.core.protocol.CommandType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The connections to all primaries, on threads of their own. */
final class RedisServers implements Servers {
    /** How often it is asked whether all is still where it was. */
    private static final Duration VERIFICATION = Duration.ofSeconds(2);

    /** Seconds until whatever is still open is closed without ceremony. */
    private static final long CLOSING = 10;

    private final Connector connector;
    private final List<Shard> shards;
    private final boolean isSharded;

    private RedisServers(Connector connector, List<Shard> shards) {
        this.connector = connector;
        this.shards = shards;
        isSharded = shards.stream().allMatch(Shard::isSharded);
    }

    /** Connects to all, or to none. Blocks. */
    static RedisServers open(RedisOptions options, RedisObserver observer)
            throws RedisStartFailure {
        var connector = new Connector(options, observer);
        var shards =
                options.shards().stream()
                        .map(address -> shard(address, connector, options, observer))
                        .toList();
        try {
            shards.stream()
                    .map(Shard::start)
                    .toList()
                    .forEach(started -> started.toCompletableFuture().join());
            refuseMixed(shards);
        } catch (CompletionException | Trouble e) {
            close(connector, shards);
            var trouble = Trouble.of("redis", false, e);
            throw new RedisStartFailure(trouble.withAdvice());
        }
        var servers = new RedisServers(connector, shards);
        servers.watch(options);
        return servers;
    }

    private static Shard shard(
            RedisAddress address,
            Connector connector,
            RedisOptions options,
            RedisObserver observer) {
        return switch (address) {
            case Standalone(var node, var access) ->
                    one(new SingleServer(node, access), connector, options, observer);
            case Sentinel sentinel ->
                    one(new SentinelMaster(sentinel, connector), connector, options, observer);
            case Cluster cluster -> new RedisCluster(cluster, connector, options, observer);
        };
    }

    private static Shard one(
            Link.Place place, Connector connector, RedisOptions options, RedisObserver observer) {
        return new OnePrimary(new Link(place, new WantedTopics(), connector, options, observer));
    }

    /** Scripts send either to topics of shards or to others. */
    private static void refuseMixed(List<Shard> shards) {
        if (shards.stream().map(Shard::isSharded).distinct().count() > 1) {
            throw new Trouble(
                    "redis",
                    "some are clusters of Redis 7 and some are not",
                    "use addresses of one kind only");
        }
    }

    private void watch(RedisOptions options) {
        long often = Math.max(1, options.timeout().toMillis() / 8);
        every(often, Shard::sweep);
        every(VERIFICATION.toMillis(), Shard::verify);
    }

    private void every(long milliseconds, Consumer<Shard> task) {
        var _ =
                connector
                        .control()
                        .scheduleAtFixedRate(
                                () -> shards.forEach(task),
                                milliseconds,
                                milliseconds,
                                TimeUnit.MILLISECONDS);
    }

    /** Why some channels cannot be used at the moment. */
    Optional<String> unready() {
        return shards.stream().flatMap(shard -> shard.unready().stream()).findFirst();
    }

    private Link link(String tag) {
        return shards.get(Placement.shard(tag, shards.size())).link(tag);
    }

    @Override
    public CompletionStage<List<Object>> run(
            String tag, Script script, List<String> keys, List<byte[]> arguments) {
        return link(tag).with(commands -> commands.run(script, keys, arguments));
    }

    @Override
    public CompletionStage<Void> send(String tag, String topic, byte[] message) {
        var call =
                isSharded
                        ? Call.of(CommandType.SPUBLISH, "SPUBLISH", topic, message)
                        : Call.of(CommandType.PUBLISH, "PUBLISH", topic, message);
        return link(tag).with(commands -> commands.submit(call)).thenApply(_ -> null);
    }

    @Override
    public CompletionStage<Void> subscribe(String tag, String topic, Ear ear) {
        var link = link(tag);
        var subscribed = link.subscribe(tag, topic, ear);
        var now = link(tag);
        if (!now.equals(link)) {
            now.onChange(topic); // its slot has moved meanwhile
        }
        return subscribed;
    }

    @Override
    public void unsubscribe(String tag, String topic) {
        link(tag).unsubscribe(topic);
    }

    @Override
    public boolean isSharded() {
        return isSharded;
    }

    @Override
    public void close() {
        close(connector, shards);
    }

    private static void close(Connector connector, List<Shard> shards) {
        shards.stream()
                .map(Shard::close)
                .toList()
                .forEach(
                        closed ->
                                closed.toCompletableFuture()
                                        .completeOnTimeout(null, CLOSING, TimeUnit.SECONDS)
                                        .join());
        connector.close();
    }
}
