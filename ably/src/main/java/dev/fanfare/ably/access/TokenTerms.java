package dev.fanfare.ably.access;

import java.time.Duration;

/**
 * How long tokens live.
 *
 * @param usual where nobody asks for anything else
 * @param longest that can be asked for
 */
public record TokenTerms(Duration usual, Duration longest) {
    public static final TokenTerms USUAL =
            new TokenTerms(Duration.ofHours(1), Duration.ofHours(24));

    /** Tokens that can be revoked live for an hour at most. */
    Duration usual(AppKey key) {
        return shorter(usual, longest(key));
    }

    Duration longest(AppKey key) {
        return key.revocableTokens() ? shorter(longest, Revocations.LONGEST_TOKEN) : longest;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
