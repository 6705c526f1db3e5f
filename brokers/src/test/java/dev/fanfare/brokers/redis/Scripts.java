package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** Scripts for tests. */
final class Scripts {
    /** Adds its argument to a list and answers its length and the generation. */
    static final Script APPEND =
            of("append", "return {redis.call('RPUSH', KEYS[1], ARGV[1]), ARGV[#ARGV]}");

    private Scripts() {}

    static Script of(String name, String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
            return new Script(name, text, HexFormat.of().formatHex(digest));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<byte[]> words(String... words) {
        return List.of(words).stream().map(word -> word.getBytes(UTF_8)).toList();
    }
}
