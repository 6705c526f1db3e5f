package dev.fanfare.server.access;

import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Authentication.Accepted;
import dev.fanfare.core.access.Authentication.Expired;

/**
 * A token whose signature is right and whose claims are read. From here on the clock alone decides
 * about it. Times are in milliseconds since 1970.
 *
 * @param notBefore the first moment at which it holds
 * @param expiresAt the first moment at which it does not hold any more
 * @param signedUntil the first moment at which its key has to be asked again
 */
record VerifiedToken(Accepted accepted, long notBefore, long expiresAt, long signedUntil) {
    private static final Expired EXPIRED = new Expired();

    boolean isSigned(long now) {
        return now < signedUntil;
    }

    /**
     * A token whose time has not come is told like one whose time is over: both ask for a new
     * token.
     */
    Authentication at(long now) {
        return notBefore <= now && now < expiresAt ? accepted : EXPIRED;
    }
}
