package dev.fanfare.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;

/**
 * One key that signatures are checked with. Its kind decides about the algorithms that it is for: a
 * public key is never taken for a secret.
 *
 * @param until the first moment, in milliseconds since 1970, at which it does not count any more
 */
record TokenKey(JWSVerifier verifier, long until) {
    /** Nimbus wants this much for HS512. Filling a shorter secret up does not change the codes. */
    private static final int SECRET_LENGTH = 64;

    static TokenKey of(Secret secret, long until) {
        try {
            return new TokenKey(new MACVerifier(secret.hmacKey(SECRET_LENGTH)), until);
        } catch (JOSEException e) {
            throw refused(e);
        }
    }

    /**
     * @throws IllegalArgumentException for a key of another kind or curve
     */
    static TokenKey of(PublicKey key) {
        return new TokenKey(verifier(key), Long.MAX_VALUE);
    }

    private static JWSVerifier verifier(PublicKey key) {
        try {
            return switch (key) {
                case RSAPublicKey rsa -> new RSASSAVerifier(rsa);
                case ECPublicKey elliptic -> new ECDSAVerifier(elliptic);
                case EdECPublicKey edwards -> new EdDsaVerifier(edwards);
                default -> throw new IllegalArgumentException("key: " + key.getAlgorithm());
            };
        } catch (JOSEException e) {
            throw new IllegalArgumentException("key: of a curve that no algorithm is for", e);
        }
    }

    static MACSigner signer(Secret secret) {
        try {
            return new MACSigner(secret.hmacKey(SECRET_LENGTH));
        } catch (JOSEException e) {
            throw refused(e);
        }
    }

    private static IllegalStateException refused(JOSEException e) {
        return new IllegalStateException(
                "HMAC key of at least " + SECRET_LENGTH + " bytes: refused", e);
    }

    boolean isFor(JWSHeader header) {
        return verifier.supportedJWSAlgorithms().contains(header.getAlgorithm());
    }

    boolean hasSigned(JWSObject token) {
        try {
            return token.verify(verifier);
        } catch (JOSEException e) {
            return false;
        }
    }
}
