package dev.fanfare.server.ably;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import dev.fanfare.harness.FaultProxy;
import dev.fanfare.server.ably.JavaSdk.Outcome;
import io.ably.lib.realtime.AblyRealtime;
import io.ably.lib.realtime.Channel;
import io.ably.lib.types.Message;
import io.ably.lib.types.Param;
import io.ably.lib.types.PresenceMessage;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections of Ably's SDK for Java. */
@Timeout(60)
class JavaRealtimeTest {
    private static JavaSdk sdk;

    @BeforeAll
    static void start() throws Exception {
        sdk = new JavaSdk();
    }

    @AfterAll
    static void stop() throws Exception {
        sdk.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void hearsWhatIsPublishedOnAConnectionAndByRest(boolean binary) throws Exception {
        var listener = sdk.realtime(sdk.options(binary));
        var publisher = sdk.realtime(sdk.options(!binary));
        var name = sdk.newChannel();
        var heard = listen(attached(listener, name));

        var outcome = new Outcome();
        publisher.channels.get(name).publish("first", new byte[] {1, -2}, outcome);
        assertThat(outcome.await()).isEqualTo("success");
        var rest = sdk.rest(binary);
        rest.channels.get(name).publish("second", "text");
        var first = next(heard);
        assertThat(first.data).isEqualTo(new byte[] {1, -2});
        assertThat(first.connectionId).isEqualTo(publisher.connection.id);
        assertThat(next(heard).data).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isPresent(boolean binary) throws Exception {
        var options = sdk.options(binary);
        options.clientId = "ann";
        var ann = sdk.realtime(options);
        var name = sdk.newChannel();
        var room = attached(ann, name);
        var watcher = attached(sdk.realtime(sdk.options(binary)), name);
        var events = new LinkedBlockingQueue<PresenceMessage>();
        watcher.presence.subscribe(events::add);

        var entered = new Outcome();
        room.presence.enter("here", entered);
        assertThat(entered.await()).isEqualTo("success");
        assertThat(next(events).action).isEqualTo(PresenceMessage.Action.enter);
        assertThat(watcher.presence.get(true)).hasSize(1);
        var rest = sdk.rest(binary);
        var members = rest.channels.get(name).presence.get(null).items();
        assertThat(members[0].clientId).isEqualTo("ann");
        assertThat(members[0].data).isEqualTo("here");
        assertThat(members[0].connectionId).isEqualTo(ann.connection.id);

        var left = new Outcome();
        room.presence.leave(left);
        assertThat(left.await()).isEqualTo("success");
        assertThat(next(events).action).isEqualTo(PresenceMessage.Action.leave);
        assertThat(rest.channels.get(name).presence.get(null).items()).isEmpty();
        assertThat(rest.channels.get(name).presence.history(null).items())
                .extracting(each -> each.action)
                .containsExactly(PresenceMessage.Action.leave, PresenceMessage.Action.enter);
    }

    @Test
    void readsTheHistoryUntilItHasAttached() throws Exception {
        var name = sdk.newChannel();
        var rest = sdk.rest(true);
        rest.channels.get(name).publish("before", "x");
        var channel = attached(sdk.realtime(sdk.options(true)), name);
        rest.channels.get(name).publish("after", "x");
        var until = channel.history(new Param[] {new Param("untilAttach", "true")});
        assertThat(until.items()).extracting(each -> each.name).containsExactly("before");
    }

    @Test
    void goesOnWhereItWasCutOff() throws Exception {
        var rest = sdk.rest(true);
        try (var proxy = FaultProxy.to(sdk.port())) {
            var options = sdk.options(true);
            options.port = proxy.port();
            var realtime = sdk.realtime(options);
            var name = sdk.newChannel();
            var heard = listen(attached(realtime, name));
            var id = realtime.connection.id;

            proxy.cut();
            for (int i = 0; i < 3; i++) {
                rest.channels.get(name).publish("m" + i, "meanwhile");
            }
            for (int i = 0; i < 3; i++) {
                assertThat(next(heard).name).isEqualTo("m" + i);
            }
            assertThat(realtime.connection.id).isEqualTo(id);
        }
    }

    @Test
    void connectsWithAJwt() throws Exception {
        var key = sdk.key().split(":", 2);
        long now = Instant.now().getEpochSecond();
        var claims = Map.<String, Object>of("iat", now, "exp", now + 60, "x-ably-clientId", "bob");
        var jwt =
                new JWSObject(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key[0]).build(),
                        new Payload(claims));
        jwt.sign(new MACSigner(key[1]));
        var options = sdk.options(true);
        options.key = null;
        options.authCallback = params -> jwt.serialize();
        var realtime = sdk.realtime(options);
        attached(realtime, sdk.newChannel());
        assertThat(realtime.auth.clientId).isEqualTo("bob");
    }

    private static Channel attached(AblyRealtime realtime, String name) throws Exception {
        var attached = new Outcome();
        var channel = realtime.channels.get(name);
        channel.attach(attached);
        assertThat(attached.await()).isEqualTo("success");
        return channel;
    }

    private static BlockingQueue<Message> listen(Channel channel) throws Exception {
        var heard = new LinkedBlockingQueue<Message>();
        channel.subscribe(heard::add);
        return heard;
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        var next = queue.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        return next;
    }
}
