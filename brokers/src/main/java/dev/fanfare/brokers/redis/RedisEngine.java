package dev.fanfare.brokers.redis;

import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.presence.PresenceStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What one node has of the Redis that it shares with others: brokers and presence stores, all on
 * the same few connections. Any thread.
 */
public final class RedisEngine implements AutoCloseable {
    private static final long SWEEP_MILLIS = 250;

    private final RedisServers servers;
    private final String prefix;
    private final InstantSource clock;
    private final List<RedisPresence> presences = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService sweeping =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("redis-presence").factory());

    private RedisEngine(RedisServers servers, String prefix, InstantSource clock) {
        this.servers = servers;
        this.prefix = prefix;
        this.clock = clock;
        var _ =
                sweeping.scheduleWithFixedDelay(
                        () -> presences.forEach(RedisPresence::sweep),
                        SWEEP_MILLIS,
                        SWEEP_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    /**
     * Returns when it is connected; nothing need be in Redis.
     *
     * @param prefix of all names in Redis: nodes with the same one share everything
     */
    public static RedisEngine open(
            RedisOptions options, String prefix, RedisObserver observer, InstantSource clock)
            throws RedisStartFailure {
        return new RedisEngine(RedisServers.open(options, observer), prefix, clock);
    }

    /**
     * @param view channels of one have nothing to do with those of another; asked for once
     */
    public Broker broker(String view) {
        return new RedisBroker(servers, new Keys(prefix, view), clock);
    }

    /**
     * @param timeToLive of members whose node is silent
     */
    public PresenceStore presence(String view, Duration timeToLive) {
        var presence = new RedisPresence(servers, new Keys(prefix, view), timeToLive);
        presences.add(presence);
        return presence;
    }

    /** Why some channels cannot be used at the moment. */
    public Optional<String> unready() {
        return servers.unready();
    }

    /** This node's members leave; then nothing is sent any more. */
    @Override
    public void close() {
        sweeping.shutdown();
        presences.forEach(RedisPresence::close);
        servers.close();
    }
}
