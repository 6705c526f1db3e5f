package dev.fanfare.core.session;

import dev.fanfare.core.access.Identity;
import java.time.Duration;

/**
 * What lets a client stay: its token's identity, which a later token of the same user may replace.
 * Lives on the client's event loop.
 */
final class Pass {
    private static final long LONGEST_TTL = Duration.ofDays(365).toSeconds();

    private final Duration grace;
    private Identity identity;

    /**
     * @param grace how long after its end it may still be renewed
     */
    Pass(Identity identity, Duration grace) {
        this.identity = identity;
        this.grace = grace;
    }

    Identity identity() {
        return identity;
    }

    /** False: the token is another user's, and nothing has changed. */
    boolean renew(Identity renewed) {
        if (!renewed.user().equals(identity.user())) {
            return false;
        }
        identity = renewed;
        return true;
    }

    boolean isOver(long now) {
        return now - grace.toMillis() >= identity.expiresAt();
    }

    /** Seconds from now until then, as clients are told them; 0: never. */
    static long ttl(long now, long expiresAt) {
        return expiresAt == Identity.NEVER
                ? 0
                : Math.clamp(Math.ceilDiv(expiresAt - now, 1000), 1, LONGEST_TTL);
    }
}
