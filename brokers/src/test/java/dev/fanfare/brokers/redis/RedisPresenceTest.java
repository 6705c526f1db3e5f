package dev.fanfare.brokers.redis;

import dev.fanfare.core.presence.PresenceContractTest;
import dev.fanfare.core.presence.PresenceStore;
import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every store promises, on each Redis there is. */
@ParameterizedClass
@EnumSource(Version.class)
final class RedisPresenceTest extends PresenceContractTest {
    private static RedisProcess redis;

    private RedisServers servers;
    private RedisPresence presence;

    RedisPresenceTest(Version version) {}

    @BeforeParameterizedClassInvocation
    static void startRedis(Version version) throws IOException {
        redis = RedisProcess.start(version);
    }

    @AfterParameterizedClassInvocation
    static void endRedis() {
        redis.close();
    }

    @Override
    protected PresenceStore create() {
        try {
            servers =
                    RedisServers.open(
                            RedisOptions.of(RedisAddress.parse(redis.url())), RedisObserver.NONE);
        } catch (RedisStartFailure e) {
            throw new IllegalStateException(e);
        }
        presence = new RedisPresence(servers, new Keys("test", ""), Duration.ofSeconds(60));
        return presence;
    }

    @Override
    protected void end() {
        presence.close();
        servers.close();
    }
}
