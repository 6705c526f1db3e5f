package dev.fanfare.push;

import java.time.Duration;

/**
 * How a {@link PushRelay} works.
 *
 * @param poll how often it looks for notifications that nobody has told it of
 * @param lease how long the others wait for a node that has died
 * @param claim after which a notification is sent again whose answer has not come, where its node
 *     has died; a node that lives renews it
 * @param firstPause before it is sent again; each further pause is twice as long
 * @param longestPause between two attempts
 * @param receiptsAfter how long after sending the receipt is fetched, and how often asked for
 * @param giveUpAfter how old a notification may be that is still sent
 */
public record PushOptions(
        Duration poll,
        Duration lease,
        Duration claim,
        Duration firstPause,
        Duration longestPause,
        Duration receiptsAfter,
        Duration giveUpAfter) {
    /** 500 ms, 5 s, 1 min, 1 s to 1 min, 15 min, 1 h. */
    public static final PushOptions DEFAULT =
            new PushOptions(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1));

    /** How long the provider keeps receipts. */
    static final Duration RECEIPTS_KEPT = Duration.ofHours(24);

    public PushOptions withPoll(Duration other) {
        return new PushOptions(
                other, lease, claim, firstPause, longestPause, receiptsAfter, giveUpAfter);
    }

    public PushOptions withLease(Duration other) {
        return new PushOptions(
                poll, other, claim, firstPause, longestPause, receiptsAfter, giveUpAfter);
    }

    public PushOptions withClaim(Duration other) {
        return new PushOptions(
                poll, lease, other, firstPause, longestPause, receiptsAfter, giveUpAfter);
    }

    public PushOptions withPauses(Duration first, Duration longest) {
        return new PushOptions(poll, lease, claim, first, longest, receiptsAfter, giveUpAfter);
    }

    public PushOptions withReceiptsAfter(Duration other) {
        return new PushOptions(poll, lease, claim, firstPause, longestPause, other, giveUpAfter);
    }

    public PushOptions withGiveUpAfter(Duration other) {
        return new PushOptions(poll, lease, claim, firstPause, longestPause, receiptsAfter, other);
    }

    /**
     * @param failures so far, at least 1
     * @param chance from 0 to 1: pauses are between half and all of what they may be
     */
    Duration pause(int failures, double chance) {
        double grown = firstPause.toMillis() * Math.pow(2, Math.min(failures - 1, 30));
        double whole = Math.min(grown, (double) longestPause.toMillis());
        return Duration.ofMillis(Math.max(1, Math.round(whole * (0.5 + chance / 2))));
    }
}
