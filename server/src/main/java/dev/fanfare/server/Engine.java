package dev.fanfare.server;

import dev.fanfare.brokers.redis.RedisEngine;
import dev.fanfare.brokers.redis.RedisStartFailure;
import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.presence.PresenceStore;
import dev.fanfare.server.config.ServerConfig.Engine.Store;
import dev.fanfare.server.metrics.ServerMetrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where publications and presence are kept: by this process for itself, or by something that nodes
 * share. Any thread.
 *
 * <p>A view is a name space of its own: channels of one view have nothing to do with channels of
 * another. Each is asked for once.
 */
interface Engine extends AutoCloseable {
    /** The view of what clients call channels. */
    String CHANNELS = "";

    /** The view of who came to channels and went, under the channels' names. */
    String PRESENCE_HISTORY = "presence";

    /** The view of what nodes say to each other. */
    String NODES = "nodes";

    /** Returns when it can be used. */
    static Engine start(Store store, ServerMetrics metrics, InstantSource clock)
            throws StartFailure {
        try {
            return switch (store) {
                case Store.Memory() -> new MemoryEngine(clock);
                case Store.Redis(var options, var prefix) ->
                        new SharedEngine(RedisEngine.open(options, prefix, metrics.redis(), clock));
            };
        } catch (RedisStartFailure failure) {
            throw new StartFailure(failure);
        }
    }

    /**
     * @param view in letters; {@link #CHANNELS} or a name
     */
    Broker broker(String view);

    /**
     * @param timeToLive how long the members of a node that has ended unseen are still there
     */
    PresenceStore presence(String view, Duration timeToLive);

    /** Why nothing can be published at the moment; empty: it can. */
    Optional<String> unready();

    @Override
    void close();
}
