package dev.fanfare.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One secret, shared with whoever makes tokens. */
public final class HmacKeys implements TokenKeys {
    /** Nimbus wants this much for HS512. Filling a shorter secret up does not change the codes. */
    private static final int KEY_LENGTH = 64;

    private final MACVerifier verifier;
    private final Set<JWSAlgorithm> algorithms;

    /**
     * @param algorithms those of HS256, HS384 and HS512 that are accepted
     */
    public HmacKeys(Secret secret, Collection<String> algorithms) {
        this.verifier = verifier(secret);
        this.algorithms = algorithms.stream().map(HmacKeys::algorithm).collect(Collectors.toSet());
    }

    private static JWSAlgorithm algorithm(String name) {
        var algorithm = JWSAlgorithm.parse(name);
        if (!MACVerifier.SUPPORTED_ALGORITHMS.contains(algorithm)) {
            throw new IllegalArgumentException(
                    "algorithm: " + name + " (expected: HS256, HS384 or HS512)");
        }
        return algorithm;
    }

    private static MACVerifier verifier(Secret secret) {
        try {
            return new MACVerifier(secret.hmacKey(KEY_LENGTH));
        } catch (JOSEException e) {
            throw refused(e);
        }
    }

    static MACSigner signer(Secret secret) {
        try {
            return new MACSigner(secret.hmacKey(KEY_LENGTH));
        } catch (JOSEException e) {
            throw refused(e);
        }
    }

    private static IllegalStateException refused(JOSEException e) {
        return new IllegalStateException(
                "HMAC key of at least " + KEY_LENGTH + " bytes: refused", e);
    }

    @Override
    public Optional<JWSVerifier> verifier(JWSHeader header) {
        return algorithms.contains(header.getAlgorithm())
                ? Optional.of(verifier)
                : Optional.empty();
    }
}
