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
    private final byte[] digest;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
        this.digest = Sha256.of(bytes);
    }

    public static Secret of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("secret: \"\" (expected: at least one character)");
        }
        return new Secret(text.getBytes(UTF_8));
    }

    /**
     * Compares digests: they have one length, so that not even the secret's length leaks through
     * the time it takes.
     */
    public boolean matches(String offered) {
        return MessageDigest.isEqual(digest, Sha256.of(offered.getBytes(UTF_8)));
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
