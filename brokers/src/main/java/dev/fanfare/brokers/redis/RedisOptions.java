package dev.fanfare.brokers.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How we use Redis.
 *
 * @param shards independent of each other; each channel is in one of them. All nodes name the same
 *     ones in the same order.
 * @param authorities certificates of who may sign the servers', in PEM; null: those Java knows
 * @param timeout how long an answer may take, and each step of a connection
 * @param queueLimit commands that may wait for answers, per primary
 * @param backoff pauses between attempts to connect again
 */
public record RedisOptions(
        List<RedisAddress> shards,
        @Nullable Path authorities,
        Duration timeout,
        int queueLimit,
        Backoff backoff) {
    public static final Duration TIMEOUT = Duration.ofSeconds(2);
    public static final int QUEUE_LIMIT = 50_000;

    /**
     * Pauses grow from the shortest to the longest, each cut by chance to something between its
     * half and itself, so that nodes do not come all at once.
     */
    public record Backoff(Duration shortest, Duration longest) {
        public static final Backoff DEFAULT =
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

        public Backoff {
            if (shortest.toMillis() < 1 || longest.compareTo(shortest) < 0) {
                throw new IllegalArgumentException(
                        "backoff: " + shortest + " to " + longest + " (expected: 1 ms or more)");
            }
        }

        /**
         * @param attempt 0 for the first
         * @param chance from 0 to 1
         */
        Duration pause(int attempt, double chance) {
            double grown = shortest.toMillis() * Math.pow(2, Math.min(attempt, 20));
            double whole = Math.min(grown, (double) longest.toMillis());
            return Duration.ofMillis(Math.max(1, Math.round(whole * (0.5 + chance / 2))));
        }
    }

    public RedisOptions {
        shards = List.copyOf(shards);
        if (shards.isEmpty()) {
            throw new IllegalArgumentException("shards: none (expected: one or more)");
        }
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: 1 ms or more)");
        }
        if (queueLimit < 1) {
            throw new IllegalArgumentException("queueLimit: " + queueLimit + " (expected: > 0)");
        }
    }

    /** With what holds unless it is said otherwise. */
    public static RedisOptions of(RedisAddress... shards) {
        return new RedisOptions(List.of(shards), null, TIMEOUT, QUEUE_LIMIT, Backoff.DEFAULT);
    }

    public RedisOptions withAuthorities(Path file) {
        return new RedisOptions(shards, file, timeout, queueLimit, backoff);
    }

    public RedisOptions withTimeout(Duration other) {
        return new RedisOptions(shards, authorities, other, queueLimit, backoff);
    }

    public RedisOptions withQueueLimit(int commands) {
        return new RedisOptions(shards, authorities, timeout, commands, backoff);
    }

    public RedisOptions withBackoff(Backoff other) {
        return new RedisOptions(shards, authorities, timeout, queueLimit, other);
    }
}
