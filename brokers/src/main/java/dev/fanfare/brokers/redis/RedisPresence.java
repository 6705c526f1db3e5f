package dev.fanfare.brokers.redis;

import dev.fanfare.brokers.redis.PresenceScripts.Member;
import dev.fanfare.brokers.redis.PresenceScripts.Seat;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.presence.PresenceListener;
import dev.fanfare.core.presence.PresenceStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Presence that nodes share through Redis. Members expire unless their node speaks for them; it
 * does so for many at once, a bucket of channels at a time, and there is no timer here: whoever
 * owns it calls {@link #sweep} about four times a second. Any thread.
 *
 * <p>Whose node is silent for the time to live is not seen any more, and a little later one node
 * hears {@link PresenceListener#onExpired}. That is remembered for an hour: a node that was silent
 * and is not dead hears {@link PresenceListener#onReturned} for those it speaks for again. Where
 * Redis itself could not be reached for so long, nobody expires; where it has lost what it knew,
 * nodes put their members in again, and each hears {@link PresenceListener#onRestored} for its own.
 *
 * <p>At most one node hears of each: none does where Redis cannot tell it any more.
 */
public final class RedisPresence implements PresenceStore, AutoCloseable {
    /** All nodes must have the same number. */
    private static final int BUCKETS = 64;

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

    private final PresenceTerms terms;
    private final List<PresenceBucket> buckets;
    private final List<PresenceVisits> visits;
    private volatile PresenceListener listener = PresenceListener.NONE;

    RedisPresence(Servers servers, Keys keys, Duration timeToLive) {
        terms = new PresenceTerms(timeToLive);
        var members = new ArrayList<PresenceBucket>(BUCKETS);
        var times = new ArrayList<PresenceVisits>(BUCKETS);
        for (int number = 0; number < BUCKETS; number++) {
            var scripts = new PresenceScripts(servers, keys.place("p." + number), terms);
            var bucket = new PresenceBucket(scripts, terms, () -> listener);
            members.add(bucket);
            times.add(new PresenceVisits(bucket, terms, share(number), this::hurry));
        }
        buckets = List.copyOf(members);
        visits = List.copyOf(times);
    }

    @Override
    public void start(PresenceListener newListener) {
        listener = newListener;
    }

    @Override
    public CompletionStage<Void> add(Channel channel, ClientInfo member) {
        return bucket(channel).add(new Member(channel, member));
    }

    @Override
    public CompletionStage<Boolean> remove(Channel channel, ClientInfo member) {
        return bucket(channel).remove(new Seat(channel, member.client()));
    }

    @Override
    public CompletionStage<Map<String, ClientInfo>> members(Channel channel) {
        return bucket(channel).members(channel);
    }

    /** Speaks for members, looks for those that nobody speaks for, tries again what has failed. */
    public void sweep() {
        long now = System.nanoTime();
        visits.forEach(each -> each.sweep(now));
    }

    /**
     * Takes out the members of this node. Waits until that is done, five seconds at most, and must
     * not be called on an event loop.
     */
    @Override
    public void close() {
        CompletableFuture.allOf(
                        buckets.stream()
                                .map(each -> each.close().toCompletableFuture())
                                .toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, LONGEST_CLOSE.toSeconds(), TimeUnit.SECONDS)
                .exceptionally(_ -> null)
                .join();
    }

    /** Nodes must agree on it. */
    private PresenceBucket bucket(Channel channel) {
        return buckets.get(Math.floorMod(channel.name().hashCode(), BUCKETS));
    }

    /** A primary may have lost what it knew: whoever was there before is visited soon. */
    private void hurry(String lost) {
        long now = System.nanoTime();
        for (int number = 0; number < BUCKETS; number++) {
            long pause = (long) (terms.pause().toNanos() * share(number));
            visits.get(number).hurry(lost, now + pause);
        }
    }

    /** So that not everything comes at once. */
    private static double share(int number) {
        return (double) number / BUCKETS;
    }
}
