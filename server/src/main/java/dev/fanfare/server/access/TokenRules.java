package dev.fanfare.server.access;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens are good, as configured.
 *
 * @param keys whose signatures count
 * @param terms what they must say besides
 */
public record TokenRules(TrustedKeys keys, TokenTerms terms) {
    private static final List<JWSAlgorithm> ALGORITHMS =
            List.of(JWSAlgorithm.HS256, JWSAlgorithm.HS384, JWSAlgorithm.HS512);

    /** Any token that is signed with the secret. */
    public static TokenRules of(Secret secret) {
        return new TokenRules(TrustedKeys.of(secret), TokenTerms.USUAL);
    }

    /** Makes tokens that are good; null: there is no secret, or no algorithm for it, to do that. */
    public @Nullable TokenMaker maker(InstantSource clock) {
        var secret = keys.secret();
        var algorithm = ALGORITHMS.stream().filter(terms::accepts).findFirst();
        return secret == null || algorithm.isEmpty()
                ? null
                : new TokenMaker(secret, clock, algorithm.get(), terms.userClaim());
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
