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
 * @param customs of the endpoint's protocol
 */
public record SessionRules(
        int maxChannels,
        int maxWaiting,
        long maxPendingBytes,
        int maxRecovered,
        @Nullable MessageBudget budget,
        Heartbeat heartbeat,
        Customs customs) {

    /** With the customs of the plain protocol. */
    public SessionRules(
            int maxChannels,
            int maxWaiting,
            long maxPendingBytes,
            int maxRecovered,
            @Nullable MessageBudget budget,
            Heartbeat heartbeat) {
        this(
                maxChannels,
                maxWaiting,
                maxPendingBytes,
                maxRecovered,
                budget,
                heartbeat,
                Customs.PLAIN);
    }

    /** The same where pings are the transport's own and any sign of life will do. */
    public SessionRules withoutPongs() {
        return new SessionRules(
                maxChannels,
                maxWaiting,
                maxPendingBytes,
                maxRecovered,
                budget,
                heartbeat,
                new Customs(customs.loss(), false, customs.grace(), customs.insecure()));
    }

    /** Whether pings are the protocol's own: answered in its words, or not at all. */
    boolean saysPings() {
        return customs.pongs() || heartbeat.answerWithin() == null;
    }

    /** So many messages a second on average, and at most so many at once. */
    public record MessageBudget(double perSecond, int burst) {}

    /**
     * How a live connection is told from a dead one.
     *
     * @param interval between pings
     * @param answerWithin how long a sign of life may take after a ping; null on one-way transports
     */
    public record Heartbeat(Duration interval, @Nullable Duration answerWithin) {}

    /**
     * What protocols want differently.
     *
     * @param pongs the only sign of life is the protocol's own answer to a ping; unasked for, it is
     *     a mistake
     * @param grace how long after its token's expiry a client may still refresh it
     * @param insecure clients may do everything, whatever a channel's rules say
     */
    public record Customs(Loss loss, boolean pongs, Duration grace, boolean insecure) {
        public static final Customs PLAIN = new Customs(Loss.TOLD, false, Duration.ZERO, false);
    }

    /** What follows when publications are lost to a client that wants to know. */
    public enum Loss {
        /** It is told, and the subscription goes on. */
        TOLD,
        /**
         * The subscription ends; where the connection had it from its beginning, the connection.
         */
        ENDS
    }
}
