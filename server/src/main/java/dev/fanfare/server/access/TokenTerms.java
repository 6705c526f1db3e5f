package dev.fanfare.server.access;

import com.nimbusds.jose.JWSAlgorithm;
import dev.fanfare.server.access.Claims.Unusable;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What tokens must say, beyond being well signed.
 *
 * @param algorithms that are accepted, by their JWT names
 * @param audience one of the token's must match it as a whole; null: nobody asks
 * @param issuer must match it as a whole; null: nobody asks
 * @param userClaim the claim that names the user
 */
public record TokenTerms(
        Set<String> algorithms,
        @Nullable Pattern audience,
        @Nullable Pattern issuer,
        String userClaim) {
    /** The algorithms there are keys for. */
    public static final List<String> ALGORITHMS =
            List.of(
                    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "ES256", "ES384", "ES512",
                    "EdDSA", "Ed25519", "Ed448");

    /** The claim that names the user, unless another one is configured. */
    public static final String SUBJECT = "sub";

    /** Any algorithm, issuer and audience. */
    public static final TokenTerms USUAL =
            new TokenTerms(Set.copyOf(ALGORITHMS), null, null, SUBJECT);

    /** Longer texts match nothing: expressions can take very long over them. */
    private static final int MAX_LENGTH = 1000;

    public TokenTerms {
        algorithms = Set.copyOf(algorithms);
    }

    boolean accepts(JWSAlgorithm algorithm) {
        return algorithms.contains(algorithm.getName());
    }

    /** Whether a token needs nothing but {@code sub}, and HS256 will do. */
    public boolean arePlain() {
        return accepts(JWSAlgorithm.HS256)
                && audience == null
                && issuer == null
                && userClaim.equals(SUBJECT);
    }

    void check(Claims claims) throws Unusable {
        if (issuer != null && !matches(issuer, claims.issuer())) {
            throw new Unusable("another issuer");
        }
        if (audience != null
                && claims.audiences().stream().noneMatch(one -> matches(audience, one))) {
            throw new Unusable("another audience");
        }
    }

    private static boolean matches(Pattern pattern, String text) {
        return isShort(text) && pattern.matcher(text).matches();
    }

    static boolean isShort(String text) {
        return text.length() <= MAX_LENGTH;
    }
}
