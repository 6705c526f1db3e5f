package dev.fanfare.server.metrics;

import dev.fanfare.brokers.redis.RedisObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells metrics and the log how it is with Redis. The log has one line for each loss and one for
 * each return.
 */
final class RedisMetrics implements RedisObserver {
    private static final Logger LOG = LoggerFactory.getLogger("fanfare.redis");
    private static final String SERVER = "server";

    private static final Duration[] LATENCY_BUCKETS =
            Stream.of(200, 500, 1_000, 2_000, 5_000, 20_000, 100_000, 500_000, 2_000_000)
                    .map(micros -> Duration.ofNanos(micros * 1_000L))
                    .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Map<String, Timer> latencies = new ConcurrentHashMap<>();

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
            Counter.builder("fanfare.redis.reconnects")
                    .description("Times that a server of Redis came back")
                    .tag(SERVER, server)
                    .register(registry)
                    .increment();
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
    public void onFailed(String server, String operation, String why) {
        count("fanfare.redis.failures", "Commands that Redis has refused", server, operation);
        LOG.debug("{}: {} refused: {}", server, operation, why);
    }

    @Override
    public void onTimeout(String server, String operation) {
        count("fanfare.redis.timeouts", "Commands without an answer in time", server, operation);
    }

    @Override
    public void onAnswered(String server, long nanos) {
        latencies
                .computeIfAbsent(server, this::latency)
                .record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    private void count(String name, String description, String server, String operation) {
        Counter.builder(name)
                .description(description)
                .tag(SERVER, server)
                .tag("operation", operation)
                .register(registry)
                .increment();
    }

    private Timer latency(String server) {
        return Timer.builder("fanfare.redis.latency")
                .description("Time that commands have taken; measured for one of sixteen")
                .tag(SERVER, server)
                .serviceLevelObjectives(LATENCY_BUCKETS)
                .register(registry);
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
