package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What endpoints decide by configuration: who may connect, and how often. */
class ConnectionPolicyTest {
    private static final TestSocket.Ending REPLACED =
            new TestSocket.Ending(4501, "replaced by a newer connection of this user");

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server =
                RunningServer.start(
                        """
                        endpoints:
                          - { path: /ws, transport: websocket, channels: ["stories:{user}"] }
                          - path: /one
                            transport: websocket
                            connections: newest
                            channels: ["hub:{user}", "trpc:global"]
                          - { path: /one/sse, transport: sse, connections: newest }
                          - path: /connection/websocket
                            transport: centrifuge
                            connections: newest
                          - path: /connection/http_stream
                            transport: centrifuge-http-stream
                            connections: newest
                          - { path: /admin, transport: websocket, connect: claim role is admin }
                        """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theNewestConnectionReplacesTheOlder() {
        var target = "/one?token=" + server.token("1");
        try (var first = server.socket(target);
                var second = server.socket(target)) {
            assertThat(first.ending()).isEqualTo(REPLACED);
            try (var third = server.socket(target)) {
                assertThat(second.ending()).isEqualTo(REPLACED);
                assertPong(third);
            }
        }
    }

    @Test
    void replacesOnlyConnectionsOfTheSameUserAndEndpoint() {
        try (var mine = server.socket("/one?token=" + server.token("2"));
                var other = server.socket("/one?token=" + server.token("3"));
                var elsewhere = server.socket("/ws?token=" + server.token("2"));
                var elsewhereToo = server.socket("/ws?token=" + server.token("2"))) {
            assertPong(mine);
            assertPong(other);
            assertPong(elsewhere);
            assertPong(elsewhereToo);
        }
    }

    @Test
    void theCompatibleProtocolHasOneRegisterForAllItsTransports() {
        var connect = EmulatedClient.connect(server.token("8"));
        try (var older = EmulatedClient.connected(server, "8");
                var newer = server.socket("/connection/websocket")) {
            assertThat(newer.ask(connect).has("connect")).isTrue();
            assertThat(older.json().at("/push/disconnect/code").asInt()).isEqualTo(4501);
            assertThat(older.stream().hasEnded()).isTrue();
        }
    }

    @Test
    void aReplacedStreamIsToldWhy() {
        var target = "/one/sse?channels=post:1&token=" + server.token("4");
        try (var first = server.lines(target);
                var second = server.lines(target)) {
            var last = first.event();
            assertThat(last.event()).isEqualTo("disconnect");
            assertThat(last.json().get("code").asInt()).isEqualTo(4501);
            assertThat(last.json().get("reason").asText()).contains("newer connection");
            assertThat(last.json().get("reconnect").asBoolean()).isFalse();
            assertThat(first.hasEnded()).isTrue();
            assertThat(second.block().retry()).isNotEmpty();
        }
    }

    @Test
    void givesTheEndpointsOwnChannels() {
        try (var socket = server.socket("/one?token=" + server.token("5"))) {
            server.publish("{\"channel\":\"hub:5\",\"payload\":{\"type\":\"stats_update\"}}");
            server.publish(
                    "{\"channel\":\"trpc:global\",\"payload\":{\"type\":\"query-invalidation\",\"queryKey\":[]}}");
            assertThat(socket.text()).isEqualTo("{\"type\":\"stats_update\"}");
            assertThat(socket.text()).contains("query-invalidation");
        }
    }

    @Test
    void admitsByClaim() {
        assertThat(server.refusal("/admin?token=" + server.token("6")).problem())
                .startsWith("403 forbidden token");
        server.socket("/admin?token=" + server.token("6", Map.of("role", "admin"))).close();
    }

    @Test
    void onlyConfiguredEndpointsAreThere() {
        assertThat(server.get("/stream?token=" + server.token("7")).status()).isEqualTo(404);
    }

    private static void assertPong(TestSocket socket) {
        assertThat(socket.ask("{\"type\":\"ping\"}").get("type").asText()).isEqualTo("pong");
    }
}
