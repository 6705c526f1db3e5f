package dev.fanfare.ably.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One of an application's keys. No message, log or {@code toString} may show its secret.
 *
 * @param capability what it allows, and tokens made with it at most
 * @param revocableTokens whether its tokens can be ended before they expire
 */
public record AppKey(
        String appId, String keyId, String secret, Capability capability, boolean revocableTokens) {
    /** HMAC-SHA256 is used with keys of at least this size; zeros at the end change nothing. */
    private static final int HMAC_BYTES = 32;

    private static final String HMAC = "HmacSHA256";

    /** As in {@code appId.keyId}. */
    public String name() {
        return appId + "." + keyId;
    }

    /** In a time that depends on the offered text alone, not on where the two differ. */
    boolean hasSecret(String offered) {
        return MessageDigest.isEqual(offered.getBytes(UTF_8), secret.getBytes(UTF_8));
    }

    /** The secret filled up with zeros, as HMAC itself does (RFC 2104, section 2). */
    byte[] hmacKey() {
        var bytes = secret.getBytes(UTF_8);
        return Arrays.copyOf(bytes, Math.max(HMAC_BYTES, bytes.length));
    }

    /** The HMAC-SHA256 of the bytes, by the secret. */
    byte[] sign(byte[] bytes) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(hmacKey(), HMAC));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(HMAC + " (expected: of every JDK)", e);
        }
    }

    @Override
    public String toString() {
        return name() + ":(hidden)";
    }
}
