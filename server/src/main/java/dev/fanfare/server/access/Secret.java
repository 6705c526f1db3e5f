package dev.fanfare.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Something that only we and those we trust know: a key or a shared password. No message, log or
 * {@code toString} may show it.
 */
public record Secret(String value) {
    public Secret {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("secret: \"\" (expected: at least one character)");
        }
    }

    /** In a time that depends on the offered text alone, not on where the two differ. */
    public boolean matches(String offered) {
        return MessageDigest.isEqual(offered.getBytes(UTF_8), bytes());
    }

    public byte[] bytes() {
        return value.getBytes(UTF_8);
    }

    /**
     * The secret as an HMAC key of at least {@code length} bytes: filled up with zeros, as HMAC
     * itself does up to its block size (RFC 2104, section 2), so the codes are the same.
     */
    byte[] hmacKey(int length) {
        byte[] bytes = bytes();
        return Arrays.copyOf(bytes, Math.max(length, bytes.length));
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
