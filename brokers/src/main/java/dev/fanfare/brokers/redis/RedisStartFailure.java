package dev.fanfare.brokers.redis;

/** Redis cannot be used as it is configured. The message says why, and what to try. */
public final class RedisStartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    RedisStartFailure(String message) {
        super(message);
    }
}
