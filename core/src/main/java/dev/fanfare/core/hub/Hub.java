package dev.fanfare.core.hub;

import static java.util.Objects.requireNonNull;

import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.broker.BrokerListener;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.protocol.Push;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Knows which shards have subscribers of which channel, and nothing finer. Thread-safe. The node is
 * subscribed at the broker exactly while some shard wants the channel.
 */
public final class Hub implements BrokerListener {
    private static final int MOST_SHARDS = Long.SIZE;

    /**
     * The shards that want a channel, as bits, and the broker's confirmation that publications will
     * come.
     */
    private record Interest(long shards, CompletionStage<Void> confirmed) {
        boolean hasFailed() {
            return confirmed.toCompletableFuture().isCompletedExceptionally();
        }
    }

    private final Broker broker;
    private final List<HubShard> shards;
    private final ConcurrentMap<Channel, Interest> interests = new ConcurrentHashMap<>();

    /**
     * @param loops one shard each; at most 64
     */
    public Hub(Broker broker, List<? extends Executor> loops, HubObserver observer) {
        this(broker, loops, loop -> loop, observer);
    }

    /**
     * @param loops one shard each; at most 64
     * @param pacing gives for a loop the executor that starts deliveries there, perhaps a little
     *     later, so that more can go out together
     */
    public <L extends Executor> Hub(
            Broker broker, List<L> loops, Function<L, Executor> pacing, HubObserver observer) {
        if (loops.isEmpty() || loops.size() > MOST_SHARDS) {
            throw new IllegalArgumentException(
                    "loops: " + loops.size() + " (expected: 1 to " + MOST_SHARDS + ")");
        }
        this.broker = broker;
        shards =
                IntStream.range(0, loops.size())
                        .mapToObj(index -> shard(index, loops.get(index), pacing, observer))
                        .toList();
    }

    private <L extends Executor> HubShard shard(
            int index, L loop, Function<L, Executor> pacing, HubObserver observer) {
        return new HubShard(this, index, new HubShard.Loop(loop, pacing.apply(loop)), observer);
    }

    public List<HubShard> shards() {
        return shards;
    }

    @Override
    public void onPublication(Publication publication) {
        var interest = interests.get(publication.channel());
        if (interest == null) {
            return;
        }
        for (long bits = interest.shards(); bits != 0; bits &= bits - 1) {
            shards.get(Long.numberOfTrailingZeros(bits)).offer(publication);
        }
    }

    @Override
    public void onMembership(Channel channel, Membership membership) {
        var interest = interests.get(channel);
        if (interest == null) {
            return;
        }
        var push = new Push.Member(channel, membership);
        for (long bits = interest.shards(); bits != 0; bits &= bits - 1) {
            shards.get(Long.numberOfTrailingZeros(bits)).announce(push);
        }
    }

    @Override
    public void onInterruption(Collection<Channel> channels) {
        var interrupted = List.copyOf(channels);
        shards.forEach(shard -> shard.interrupted(interrupted));
    }

    /** Channels with a subscriber on this node. */
    public int channels() {
        return interests.size();
    }

    /** Subscribers on this node, of all channels. */
    public int subscriptions() {
        return shards.stream().mapToInt(HubShard::subscriptions).sum();
    }

    /** How many subscribers the channels of this node have, those that are asked for. */
    public CompletionStage<Map<Channel, Integer>> count(Predicate<Channel> asked) {
        var channels = interests.keySet().stream().filter(asked).toList();
        var counts = new ConcurrentHashMap<Channel, Integer>();
        var counted =
                shards.stream()
                        .map(
                                shard ->
                                        shard.count(
                                                channels,
                                                (channel, count) ->
                                                        counts.merge(channel, count, Integer::sum)))
                        .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(counted).thenApply(nothing -> counts);
    }

    /** Of a channel that the shard has joined. */
    CompletionStage<Void> confirmation(int shard, Channel channel) {
        var interest = requireNonNull(interests.get(channel));
        return interest.hasFailed() ? join(shard, channel) : interest.confirmed();
    }

    /**
     * The shard's first subscriber of the channel is there. Should the broker have failed those
     * before it, and they have not left yet, it is asked again.
     */
    CompletionStage<Void> join(int shard, Channel channel) {
        return interests
                .compute(channel, (key, interest) -> joined(1L << shard, channel, interest))
                .confirmed();
    }

    private Interest joined(long shard, Channel channel, @Nullable Interest interest) {
        if (interest == null) {
            return new Interest(shard, broker.subscribe(channel));
        }
        return new Interest(
                interest.shards() | shard,
                interest.hasFailed() ? broker.subscribe(channel) : interest.confirmed());
    }

    /** The shard's last subscriber of the channel is gone. */
    void leave(int shard, Channel channel) {
        interests.computeIfPresent(
                channel,
                (key, interest) -> {
                    long others = interest.shards() & ~(1L << shard);
                    if (others != 0) {
                        return new Interest(others, interest.confirmed());
                    }
                    broker.unsubscribe(channel);
                    return null;
                });
    }
}
