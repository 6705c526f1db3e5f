package dev.fanfare.server;

import static dev.fanfare.server.NodePair.call;
import static dev.fanfare.server.NodePair.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.harness.FaultProxy;
import dev.fanfare.harness.RedisProcess;
import dev.fanfare.harness.RedisProcess.Version;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others see of the clients of a node that Redis has not heard of for too long. */
@Timeout(60)
class SilentNodeTest {
    private static final String SETTINGS = "redis.presence-ttl: 3s\nredis.timeout: 400ms\n";

    private RedisProcess redis;
    private FaultProxy proxy;
    private RunningServer here;
    private RunningServer there;

    @BeforeEach
    void start() throws IOException {
        redis = RedisProcess.start(Version.REDIS_7);
        proxy = FaultProxy.to(redis.port());
        here = NodePair.node(redis, SETTINGS);
        there = NodePair.node("redis://127.0.0.1:" + proxy.port(), SETTINGS);
    }

    @AfterEach
    void stop() {
        there.close();
        here.close();
        proxy.close();
        redis.close();
    }

    @Test
    void itsClientsLeaveOnceAndComeBackOnce() {
        try (var watching = subscriber(here)) {
            var _ = watching.json();
            try (var _ = subscriber(there)) {
                var joined = watching.json().at("/push/join/info");
                proxy.refuse();
                proxy.cut();
                assertThat(watching.json().at("/push/leave/info")).isEqualTo(joined);
                assertThat(members()).hasSize(1);
                proxy.resume();
                assertThat(watching.json().at("/push/join/info")).isEqualTo(joined);
                assertThat(members()).hasSize(2);
            }
            assertThat(watching.json().at("/push/leave").isMissingNode()).isFalse();
            publish(there, "room:1", 1);
            assertThat(watching.json().at("/push/pub/data/n").asInt()).isEqualTo(1);
        }
    }

    @Test
    void whoLeavesMeanwhileHasLeftOnce() {
        try (var watching = subscriber(here)) {
            var _ = watching.json();
            try (var _ = subscriber(there)) {
                var joined = watching.json().at("/push/join/info");
                proxy.refuse();
                proxy.cut();
                assertThat(watching.json().at("/push/leave/info")).isEqualTo(joined);
            }
            proxy.resume();
            try (var _ = subscriberOnceItCan(there)) {
                assertThat(watching.json().at("/push/join").isMissingNode()).isFalse();
            }
            assertThat(watching.json().at("/push/leave").isMissingNode()).isFalse();
        }
    }

    private JsonNode members() {
        return call(here, "presence", "{\"channel\":\"room:1\"}").at("/result/presence");
    }

    private static TestSocket subscriberOnceItCan(RunningServer node) {
        var socket = connected(node);
        var ids = new AtomicInteger(1);
        await().until(() -> subscribe(socket, ids.incrementAndGet()).has("subscribe"));
        return socket;
    }

    private static TestSocket subscriber(RunningServer node) {
        var socket = connected(node);
        var reply = subscribe(socket, 2);
        assertThat(reply.has("subscribe")).as(reply.toString()).isTrue();
        return socket;
    }

    private static TestSocket connected(RunningServer node) {
        var socket = node.socket("/connection/websocket");
        socket.ask(EmulatedClient.connect(node.token("42")));
        return socket;
    }

    private static JsonNode subscribe(TestSocket socket, int id) {
        return socket.ask("{\"id\":" + id + ",\"subscribe\":{\"channel\":\"room:1\"}}");
    }
}
