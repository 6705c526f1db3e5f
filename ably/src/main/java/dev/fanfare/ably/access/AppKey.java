package dev.fanfare.ably.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;

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

    @Override
    public String toString() {
        return name() + ":(hidden)";
    }
}
