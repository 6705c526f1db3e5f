package dev.fanfare.server.ably;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.harness.FaultProxy;
import dev.fanfare.server.ably.JavaSdk.Outcome;
import io.ably.lib.realtime.ConnectionEvent;
import io.ably.lib.realtime.ConnectionStateListener.ConnectionStateChange;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client finds that was away for longer than its connection is kept. */
@Timeout(60)
class LostConnectionTest {
    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);

    @Test
    void isAnotherConnectionAndTheClientHearsWhy() throws Exception {
        InstantSource clock = () -> InstantSource.system().instant().plus(later.get());
        var sdk = new JavaSdk(clock);
        try (var proxy = FaultProxy.to(sdk.port())) {
            var options = sdk.options(true);
            options.port = proxy.port();
            options.clientId = "ann";
            var realtime = sdk.realtime(options);
            var name = sdk.newChannel();
            var channel = realtime.channels.get(name);
            var entered = new Outcome();
            channel.presence.enter("here", entered);
            assertThat(entered.await()).isEqualTo("success");
            var rest = sdk.rest(true);
            assertThat(rest.channels.get(name).presence.get(null).items()).hasSize(1);
            var id = realtime.connection.id;
            var changes = new LinkedBlockingQueue<ConnectionStateChange>();
            realtime.connection.on(ConnectionEvent.connected, changes::add);

            proxy.refuse();
            proxy.cut();
            await().pollInterval(Duration.ofMillis(500))
                    .until(
                            () -> {
                                later.updateAndGet(time -> time.plus(Duration.ofSeconds(121)));
                                return rest.channels.get(name).presence.get(null).items().length
                                        == 0;
                            });

            proxy.resume();
            var change = changes.poll(20, TimeUnit.SECONDS);
            assertThat(change).isNotNull();
            assertThat(change.reason.code).isEqualTo(80008);
            assertThat(realtime.connection.id).isNotEqualTo(id);
        } finally {
            sdk.close();
        }
    }
}
