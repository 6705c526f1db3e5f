package dev.fanfare.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Something that only we and those we trust know: a key or a shared password. It never shows itself
 * in text, and comparing takes the same time whatever is offered.
 */
public final class Secret {
    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    public static Secret of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("secret: \"\" (expected: at least one character)");
        }
        return new Secret(text.getBytes(UTF_8));
    }

    /** In a time that depends on the offered text alone, not on the secret or where they differ. */
    public boolean matches(String offered) {
        return MessageDigest.isEqual(offered.getBytes(UTF_8), bytes);
    }

    /**
     * The secret as an HMAC key of at least {@code length} bytes: filled up with zeros, as HMAC
     * itself does up to its block size (RFC 2104, section 2), so the codes are the same.
     */
    byte[] hmacKey(int length) {
        return Arrays.copyOf(bytes, Math.max(length, bytes.length));
    }

    @Override
    public String toString() {
        return "secret";
    }
}
