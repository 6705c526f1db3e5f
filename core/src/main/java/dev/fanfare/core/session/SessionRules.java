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
                customs.withoutPongs());
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
     * @param insecure clients may do everything, whatever a channel's rules say
     * @param maxHistory publications in one answer; who asks for more gets so many
     * @param tellsTime clients are told the server's time when they are in
     */
    public record Customs(
            Loss loss,
            boolean pongs,
            Grace grace,
            boolean insecure,
            int maxHistory,
            boolean tellsTime) {
        /** Publications in one answer, where nothing else is said. */
        public static final int USUAL_HISTORY = 300;

        public static final Customs PLAIN =
                new Customs(Loss.TOLD, false, new Grace(Duration.ZERO, Duration.ZERO), false);

        /** Of clients that are told everything there is when they come, and every change. */
        public static final Customs WITHOUT_LOSS =
                new Customs(
                        Loss.STARTS_OVER, false, new Grace(Duration.ZERO, Duration.ZERO), false);

        /** With everything else as usual. */
        public Customs(Loss loss, boolean pongs, Grace grace, boolean insecure) {
            this(loss, pongs, grace, insecure, USUAL_HISTORY, false);
        }

        Customs withoutPongs() {
            return new Customs(loss, false, grace, insecure, maxHistory, tellsTime);
        }
    }

    /**
     * How long after a token's expiry its client may still refresh it.
     *
     * @param connection of the token that it came in with
     * @param subscription of a token for one channel
     */
    public record Grace(Duration connection, Duration subscription) {}

    /** What follows when publications are lost to a client that wants to know. */
    public enum Loss {
        /** It is told, and the subscription goes on. */
        TOLD,
        /**
         * The subscription ends; where the connection had it from its beginning, the connection.
         */
        ENDS,
        /**
         * The connection ends, whatever is lost, be it the word that somebody has come or gone: the
         * client comes back and is told everything anew.
         */
        STARTS_OVER
    }
}
