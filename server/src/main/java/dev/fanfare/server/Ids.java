package dev.fanfare.server;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Names that nobody else has given. Any thread. */
final class Ids {
    private static final int EPOCH_LENGTH = 8;
    private static final int SECRET_LENGTH = 16;
    private static final int APP_LENGTH = 6;
    private static final int CONNECTION_LENGTH = 12;
    private static final SecureRandom SECURE = new SecureRandom();

    private Ids() {}

    /** Of clients: public, but not to be guessed. A UUID of version 4 (RFC 9562, section 5.4). */
    static String client() {
        var random = ThreadLocalRandom.current();
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(high, low).toString();
    }

    /** Of applications for tests, and of their keys: six letters, digits and the like. */
    static String app() {
        return random(APP_LENGTH);
    }

    /** Of connections, which stand in many names: short; public, but not to be guessed. */
    static String connection() {
        return random(CONNECTION_LENGTH);
    }

    /** So many letters, digits and the like. */
    private static String random(int length) {
        var bytes = new byte[length];
        ThreadLocalRandom.current().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes).substring(0, length);
    }

    /** Of what only those may find who are told. */
    static String secret() {
        var bytes = new byte[SECRET_LENGTH];
        SECURE.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Of streams' incarnations: eight letters. */
    static String epoch() {
        var letters = new StringBuilder(EPOCH_LENGTH);
        ThreadLocalRandom.current()
                .ints(EPOCH_LENGTH, 'a', 'z' + 1)
                .forEach(letters::appendCodePoint);
        return letters.toString();
    }

    /** Of messages: this process's random name, and a count. */
    static Supplier<String> messages() {
        var process = Long.toString(SECURE.nextLong() >>> 1, Character.MAX_RADIX);
        var count = new AtomicLong();
        return () -> process + "-" + Long.toString(count.incrementAndGet(), Character.MAX_RADIX);
    }
}
