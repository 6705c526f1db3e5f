package dev.fanfare.core.broker;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Message;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * Takes messages, gives each its place in its channel, keeps history, and hands publications to
 * every node that subscribed to the channel, to the publishing node as well: there is no other way
 * to a subscriber.
 *
 * <p>Order: publications of a channel reach the listener in the order of their positions, without
 * repeats. What it has been given, history read from then on knows: subscribers trust that when
 * they fill a gap. Calls for one channel take effect in the order they are made. No method blocks;
 * stages may complete on any thread, and fail with {@link dev.fanfare.core.model.Unavailable} when
 * the engine cannot be reached; it may have done then what it was asked.
 *
 * <p>Repeats: an idempotency key seen on the channel within {@link #IDEMPOTENCY_WINDOW} is the same
 * publish, even when its history is gone: it delivers nothing and answers as the first one did.
 *
 * <p>Versions: a stream remembers the newest it has taken as long as its epoch, even when its
 * history is gone. Without history they mean nothing.
 */
public interface Broker {
    Duration IDEMPOTENCY_WINDOW = Duration.ofMinutes(5);

    /** Where publications go. Called once, before anything else. */
    void start(BrokerListener listener);

    CompletionStage<Published> publish(Channel channel, Message message, PublishOptions options);

    /**
     * Tells every node that subscribed to the channel, this one as well. It has no position, and
     * nothing keeps it.
     */
    CompletionStage<Void> announce(Channel channel, Membership membership);

    /**
     * This node wants the channel's publications. Completes when none published from then on can be
     * missed. Repeats change nothing; after a failure it may be asked again.
     */
    CompletionStage<Void> subscribe(Channel channel);

    /** Nobody on this node listens any more. A few publications may still arrive. */
    void unsubscribe(Channel channel);

    /**
     * Kept publications, and the stream's top. A channel that never had any answers with a fresh
     * epoch and offset 0.
     */
    CompletionStage<History> history(Channel channel, HistoryQuery query, Retention retention);

    /** Forgets what is kept. Positions go on where they were. */
    CompletionStage<Void> removeHistory(Channel channel);
}
