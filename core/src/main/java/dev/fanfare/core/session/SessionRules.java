package dev.fanfare.core.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the sessions of one endpoint may do. Shared by all of them.
 *
 * @param maxChannels subscriptions of one session
 * @param maxWaiting commands that may wait behind one that is being carried out, and publications
 *     that may wait for a subscription to be ready
 * @param maxPendingBytes queued for a client that does not read; beyond it the client is cut off
 * @param maxRecovered publications replayed to a subscriber that was away; missing more than that,
 *     it has lost some
 * @param budget of messages from the client; null: no limit
 */
public record SessionRules(
        int maxChannels,
        int maxWaiting,
        long maxPendingBytes,
        int maxRecovered,
        @Nullable MessageBudget budget,
        Heartbeat heartbeat) {

    /** So many messages a second on average, and at most so many at once. */
    public record MessageBudget(double perSecond, int burst) {}

    /**
     * How a live connection is told from a dead one.
     *
     * @param interval between pings
     * @param answerWithin how long a sign of life may take after a ping; null on one-way transports
     */
    public record Heartbeat(Duration interval, @Nullable Duration answerWithin) {}
}
