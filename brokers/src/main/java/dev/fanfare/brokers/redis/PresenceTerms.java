package dev.fanfare.brokers.redis;

import java.time.Duration;

/**
 * How long members stay whose node is silent, and how often nodes speak for theirs. All nodes must
 * have the same.
 */
record PresenceTerms(Duration timeToLive) {
    /** How long it is remembered that a member has expired. */
    static final Duration MEMORY = Duration.ofHours(1);

    PresenceTerms {
        if (timeToLive.compareTo(Duration.ofMillis(60)) < 0) {
            throw new IllegalArgumentException(
                    "timeToLive: " + timeToLive + " (expected: 60 ms or more)");
        }
    }

    /** Between two times that a node speaks for a member. */
    Duration period() {
        return timeToLive.dividedBy(3);
    }

    /** Where nobody has come by for so long, Redis could not be reached. */
    Duration outage() {
        return timeToLive.dividedBy(2);
    }

    /** Before what has failed is tried again. */
    Duration pause() {
        return timeToLive.dividedBy(60);
    }
}
