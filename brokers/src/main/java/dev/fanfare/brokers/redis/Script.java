package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script of ours. Redis knows it by its digest.
 *
 * @param sha1 in hexadecimal
 */
record Script(String name, String text, String sha1) {
    /** One that lies beside this class. */
    static Script named(String name) {
        try (var bytes = Script.class.getResourceAsStream(name + ".lua")) {
            if (bytes == null) {
                throw new IllegalArgumentException("script: " + name + " (expected: one of ours)");
            }
            var text = new String(bytes.readAllBytes(), UTF_8);
            return new Script(name, text, sha1(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
