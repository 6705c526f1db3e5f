package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.fanfare.core.broker.Retention;

/** A retention in the words of scripts. Times are in milliseconds. */
final class Terms {
    /** What is kept lives longer than it must by half its age, but by no more than this. */
    private static final long MOST_SLACK = 60_000;

    final byte[] size;
    final byte[] age;

    /** How long a channel's position is known that nobody asks for. */
    final byte[] lifeOfMeta;

    /**
     * The age, how long a log lives that nothing is added to, and the life of the meta. With slack,
     * they need not be told to Redis each time.
     */
    final byte[] lives;

    Terms(Retention retention) {
        long milliseconds = retention.age().toMillis();
        long log = milliseconds + Math.min(milliseconds / 2, MOST_SLACK);
        long meta = log + retention.remember().toMillis();
        size = word(retention.size());
        age = word(milliseconds);
        lifeOfMeta = word(meta);
        lives = (milliseconds + " " + log + " " + meta).getBytes(US_ASCII);
    }

    static byte[] word(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }
}
