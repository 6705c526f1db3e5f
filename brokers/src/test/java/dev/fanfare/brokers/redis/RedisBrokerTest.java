package dev.fanfare.brokers.redis;

import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.broker.BrokerContractTest;
import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract, with every Redis there is. */
@ParameterizedClass
@EnumSource(Version.class)
final class RedisBrokerTest extends BrokerContractTest {
    private static final Keys KEYS = new Keys("fanfare", "");

    private static RedisProcess redis;
    private static RedisServers servers;

    RedisBrokerTest(Version version) {}

    @BeforeParameterizedClassInvocation
    static void startRedis(Version version) throws Exception {
        redis = RedisProcess.start(version);
        servers =
                RedisServers.open(
                        RedisOptions.of(RedisAddress.parse(redis.url())), RedisObserver.NONE);
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
            new TimeMachine(List.of(redis.url())).letPass(KEYS.prefix(), time);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
