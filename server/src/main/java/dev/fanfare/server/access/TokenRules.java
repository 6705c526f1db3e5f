package dev.fanfare.server.access;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens are good, as configured.
 *
 * @param keys whose signatures count
 * @param terms what they must say besides
 */
public record TokenRules(TrustedKeys keys, TokenTerms terms) {
    /** Any token that is signed with the secret. */
    public static TokenRules of(Secret secret) {
        return new TokenRules(TrustedKeys.of(secret), TokenTerms.USUAL);
    }

    /** Makes tokens that are good; null: there is no secret to make them with. */
    public @Nullable TokenMaker maker(InstantSource clock) {
        var secret = keys.secret();
        return secret == null ? null : new TokenMaker(secret, clock, terms.userClaim());
    }

    /**
     * @param slowWork for signatures that take their time
     * @param capacity how many verified tokens are remembered
     */
    public JwtAuthenticator authenticator(InstantSource clock, Executor slowWork, int capacity) {
        return new JwtAuthenticator(
                keys.open(terms, clock, slowWork), terms, clock, slowWork, capacity);
    }
}
