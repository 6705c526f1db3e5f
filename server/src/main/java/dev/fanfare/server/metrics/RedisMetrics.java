package dev.fanfare.server.metrics;

import dev.fanfare.brokers.redis.RedisObserver;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells metrics and the log how it is with Redis. The log has one line for each loss and one for
 * each return.
 */
final class RedisMetrics implements RedisObserver {
    private static final Logger LOG = LoggerFactory.getLogger("fanfare.redis");
    private static final String SERVER = "server";

    private final MeterRegistry registry;

    /** By server: 1 where it can be used, 0 where it cannot. */
    private final Map<String, AtomicInteger> connected = new ConcurrentHashMap<>();

    RedisMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void onConnected(String server) {
        var known = connected.get(server);
        state(server).set(1);
        if (known == null) {
            LOG.info("{}: connected", server);
        } else {
            registry.counter("fanfare.redis.reconnects", SERVER, server).increment();
            LOG.info("{}: connected again", server);
        }
    }

    @Override
    public void onDisconnected(String server, String why) {
        if (state(server).getAndSet(0) == 1) {
            LOG.warn("{}: lost: {}", server, why);
        } else {
            LOG.debug("{}: still not there: {}", server, why);
        }
    }

    @Override
    public void onFailed(String server, String why) {
        registry.counter("fanfare.redis.failures", SERVER, server).increment();
        LOG.debug("{}: refused: {}", server, why);
    }

    @Override
    public void onTimeout(String server) {
        registry.counter("fanfare.redis.timeouts", SERVER, server).increment();
    }

    private AtomicInteger state(String server) {
        return connected.computeIfAbsent(server, this::gauge);
    }

    private AtomicInteger gauge(String server) {
        var state = new AtomicInteger();
        Gauge.builder("fanfare.redis.connected", state, AtomicInteger::get)
                .description("Whether a server of Redis can be used: 1 or 0")
                .tag(SERVER, server)
                .register(registry);
        return state;
    }
}
