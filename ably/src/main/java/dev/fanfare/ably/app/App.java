package dev.fanfare.ably.app;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.fanfare.ably.access.AppKey;
import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.hub.Hub;
import dev.fanfare.core.hub.HubShard;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** Channels, and the keys that open them. Any thread. */
public final class App {
    private final String id;
    private final List<AppKey> keys;
    private final Channels channels;
    private final Hub hub;
    private final Map<Executor, HubShard> shards;
    private final Broker presenceHistory;
    private final Limits limits;

    /**
     * @param hub of the channels
     * @param presenceHistory a view that has nothing in common with that of the channels: under a
     *     channel's name it keeps who came and went there
     */
    public App(
            String id,
            List<AppKey> keys,
            Channels channels,
            Hub hub,
            Broker presenceHistory,
            Limits limits) {
        this.id = id;
        this.keys = List.copyOf(keys);
        this.channels = channels;
        this.hub = hub;
        shards =
                hub.shards().stream()
                        .collect(toUnmodifiableMap(HubShard::loop, Function.identity()));
        this.presenceHistory = presenceHistory;
        this.limits = limits;
    }

    public String id() {
        return id;
    }

    public List<AppKey> keys() {
        return keys;
    }

    public Channels channels() {
        return channels;
    }

    /**
     * @param loop an event loop that this server's connections live on
     */
    public HubShard shard(Executor loop) {
        return requireNonNull(shards.get(loop));
    }

    /** How many listen on this node to each channel whose name begins so. */
    public CompletionStage<Map<String, Integer>> listeners(String prefix) {
        return hub.count(channel -> channel.name().startsWith(prefix))
                .thenApply(
                        counts ->
                                counts.entrySet().stream()
                                        .collect(
                                                toUnmodifiableMap(
                                                        count -> count.getKey().name(),
                                                        Map.Entry::getValue)));
    }

    public Broker presenceHistory() {
        return presenceHistory;
    }

    public Limits limits() {
        return limits;
    }
}
