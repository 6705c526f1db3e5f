package dev.fanfare.server;

import dev.fanfare.brokers.redis.RedisEngine;
import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.presence.PresenceStore;
import java.time.Duration;
import java.util.Optional;

/** Everything in Redis, for all nodes that have it in common. */
record SharedEngine(RedisEngine redis) implements Engine {
    @Override
    public Broker broker(String view) {
        return redis.broker(view);
    }

    @Override
    public PresenceStore presence(String view, Duration timeToLive) {
        return redis.presence(view, timeToLive);
    }

    @Override
    public Optional<String> unready() {
        return redis.unready();
    }

    @Override
    public void close() {
        redis.close();
    }
}
