package dev.fanfare.core.broker;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A broker of one process, everything in memory. Any thread may call it.
 *
 * <p>Channels are spread over stripes, each with a lock. A publication is placed and handed to the
 * listener under its stripe's lock: that is what makes the order every subscriber sees the order of
 * the positions. It is the one place where we call upward with a lock held; {@link BrokerListener}
 * says what it may do there.
 *
 * <p>A stream that nobody publishes to, reads or listens to is forgotten after {@link
 * Retention#remember}; should the channel be used again, it starts with a new epoch, so nobody
 * mistakes the new offsets for the old ones.
 */
public final class MemoryBroker implements Broker {
    private static final int STRIPES = 256;

    private final InstantSource clock;
    private final Supplier<String> epochs;
    private final Stripe[] stripes = new Stripe[STRIPES];
    private final Set<Channel> subscribed = ConcurrentHashMap.newKeySet();
    private BrokerListener listener = publication -> {};

    /**
     * @param epochs a new, never repeated name for each stream's incarnation
     */
    public MemoryBroker(InstantSource clock, Supplier<String> epochs) {
        this.clock = clock;
        this.epochs = epochs;
        Arrays.setAll(stripes, index -> new Stripe());
    }

    @Override
    public void start(BrokerListener listener) {
        this.listener = listener;
    }

    @Override
    public CompletionStage<Published> publish(
            Channel channel, Message message, PublishOptions options) {
        return CompletableFuture.completedFuture(
                stripe(channel).publish(channel, message, options));
    }

    @Override
    public CompletionStage<Void> announce(Channel channel, Membership membership) {
        if (subscribed.contains(channel)) {
            listener.onMembership(channel, membership);
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> subscribe(Channel channel) {
        subscribed.add(channel);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void unsubscribe(Channel channel) {
        stripe(channel).unsubscribe(channel);
    }

    @Override
    public CompletionStage<History> history(
            Channel channel, HistoryQuery query, Retention retention) {
        return CompletableFuture.completedFuture(
                stripe(channel).history(channel, query, retention));
    }

    @Override
    public CompletionStage<Void> removeHistory(Channel channel) {
        stripe(channel).removeHistory(channel);
        return CompletableFuture.completedFuture(null);
    }

    /** Drops what is too old. Call it every few seconds: memory depends on it, answers do not. */
    public void expire() {
        for (var stripe : stripes) {
            stripe.expire();
        }
    }

    /** Streams remembered at the moment. */
    public int size() {
        return Arrays.stream(stripes).mapToInt(Stripe::size).sum();
    }

    private Stripe stripe(Channel channel) {
        int hash = channel.hashCode();
        return stripes[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
    }

    /** Some of the channels, under one lock. */
    private final class Stripe {
        @GuardedBy("this")
        private final Map<Channel, MemoryStream> streams = new HashMap<>();

        @GuardedBy("this")
        private final RecentKeys recent = new RecentKeys(IDEMPOTENCY_WINDOW);

        synchronized Published publish(Channel channel, Message message, PublishOptions options) {
            long now = clock.millis();
            String key = options.idempotencyKey();
            var first = key == null ? null : recent.find(channel, key, now);
            if (first != null) {
                return new Published(first, true);
            }
            var published = take(channel, message, options, now);
            if (key != null) {
                recent.remember(channel, key, published.position(), now);
            }
            return published;
        }

        @GuardedBy("this")
        private Published take(Channel channel, Message message, PublishOptions options, long now) {
            if (!options.retention().keepsHistory()) {
                return deliver(new Publication(channel, StreamPosition.NONE, now, message));
            }
            var stream = stream(channel);
            var version = options.version();
            if (version != null && !stream.advance(version)) {
                stream.use(now);
                return new Published(stream.top(), true);
            }
            return deliver(stream.append(channel, message, options.retention(), now));
        }

        @GuardedBy("this")
        private Published deliver(Publication publication) {
            listener.onPublication(publication);
            return new Published(publication.position(), false);
        }

        synchronized History history(Channel channel, HistoryQuery query, Retention retention) {
            return retention.keepsHistory()
                    ? stream(channel).read(query, retention, clock.millis())
                    : History.NONE;
        }

        /** Listening was use: what nobody kept listening to is not forgotten the moment they go. */
        synchronized void unsubscribe(Channel channel) {
            subscribed.remove(channel);
            var stream = streams.get(channel);
            if (stream != null) {
                stream.use(clock.millis());
            }
        }

        synchronized void removeHistory(Channel channel) {
            var stream = streams.get(channel);
            if (stream != null) {
                stream.clear();
            }
        }

        synchronized void expire() {
            long now = clock.millis();
            recent.expire(now);
            streams.entrySet()
                    .removeIf(
                            entry ->
                                    entry.getValue().isForgotten(now)
                                            && !subscribed.contains(entry.getKey()));
        }

        synchronized int size() {
            return streams.size();
        }

        @GuardedBy("this")
        private MemoryStream stream(Channel channel) {
            return streams.computeIfAbsent(channel, key -> new MemoryStream(epochs.get()));
        }
    }
}
