package dev.fanfare.server.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Makes tokens as {@link JwtAuthenticator} accepts them, signed with a secret. Thread-safe. */
public final class TokenMaker {
    /** The claims that a token gets by itself. */
    public static final Set<String> OWN_CLAIMS = Set.of("sub", "iat", "exp");

    private static final JsonMapper JSON = new JsonMapper();

    private final MACSigner signer;
    private final JWSAlgorithm algorithm;
    private final InstantSource clock;
    private final String userClaim;

    /** Signs with HS256. */
    public TokenMaker(Secret secret, InstantSource clock) {
        this(secret, clock, JWSAlgorithm.HS256, TokenTerms.SUBJECT);
    }

    /**
     * @param userClaim names the user, beside {@code sub}
     */
    TokenMaker(Secret secret, InstantSource clock, JWSAlgorithm algorithm, String userClaim) {
        this.signer = TokenKey.signer(secret);
        this.algorithm = algorithm;
        this.clock = clock;
        this.userClaim = userClaim;
    }

    /**
     * @param claims as JDK values (String, Number, Boolean, List, Map), none of {@link #OWN_CLAIMS}
     */
    public String make(String user, Duration lifetime, Map<String, ?> claims) {
        for (var own : OWN_CLAIMS) {
            if (claims.containsKey(own)) {
                throw new IllegalArgumentException(
                        "claim: " + own + " (expected: none that every token has)");
            }
        }
        long now = clock.instant().getEpochSecond();
        var all = new LinkedHashMap<String, Object>();
        all.put("sub", user);
        all.put(userClaim, user);
        all.put("iat", now);
        all.put("exp", now + lifetime.toSeconds());
        all.putAll(claims);
        return sign(all);
    }

    private String sign(Map<String, Object> claims) {
        try {
            var token =
                    new JWSObject(
                            new JWSHeader(algorithm), new Payload(JSON.writeValueAsBytes(claims)));
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException | JsonProcessingException e) {
            throw new IllegalStateException("token: cannot be made", e);
        }
    }
}
