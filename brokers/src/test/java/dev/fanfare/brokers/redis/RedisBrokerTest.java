package dev.fanfare.brokers.redis;

import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.broker.BrokerContractTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract, with Redis in all ways it can be there. */
@ParameterizedClass
@EnumSource(Topology.class)
final class RedisBrokerTest extends BrokerContractTest {
    private static final Keys KEYS = new Keys("fanfare", "");

    private static Topology.Running redis;
    private static RedisServers servers;

    RedisBrokerTest(Topology topology) {}

    @BeforeParameterizedClassInvocation
    static void startRedis(Topology topology) throws Exception {
        redis = topology.start();
        servers = redis.connect();
    }

    @AfterParameterizedClassInvocation
    static void endRedis() {
        servers.close();
        redis.close();
    }

    @Override
    protected Broker create() {
        return new RedisBroker(servers, KEYS, InstantSource.system());
    }

    @Override
    protected void letPass(Duration time) {
        try {
            new TimeMachine(redis.primaries()).letPass(KEYS.prefix(), time);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
