package dev.fanfare.brokers.redis;

import dev.fanfare.core.presence.PresenceContractTest;
import dev.fanfare.core.presence.PresenceStore;
import java.time.Duration;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract, with Redis in all ways it can be there. */
@ParameterizedClass
@EnumSource(Topology.class)
final class RedisPresenceTest extends PresenceContractTest {
    private static Topology.Running redis;
    private static RedisServers servers;

    private RedisPresence presence;

    RedisPresenceTest(Topology topology) {}

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
    protected PresenceStore create() {
        presence = new RedisPresence(servers, new Keys("test", ""), Duration.ofSeconds(60));
        return presence;
    }

    @Override
    protected void end() {
        presence.close();
    }
}
