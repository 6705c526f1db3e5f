package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users whom a proxy in front names, and tokens that name none. */
class VouchedUserTest {
    private static final String CONFIG =
            """
            endpoints:
              - path: /behind
                transport: centrifuge
                user-header: X-User-Id
                channels: ["mine:{user}"]
              - { path: /plain, transport: centrifuge, anonymous: true, anonymous-tokens: false }
              - { path: /usual, transport: centrifuge }
            channels:
              - pattern: "mine:{user}"
                variables: { user: slug }
                subscribe: user {user}
                presence: true
            """;

    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.start(CONFIG);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void needNoToken() {
        try (var socket = server.socket("/behind", "x-user-id: ann")) {
            var connected = socket.ask(connect(""));
            assertThat(connected.at("/connect/subs/mine:ann").isObject()).isTrue();
            assertThat(connected.get("connect").has("expires")).isFalse();
            assertThat(socket.ask("{\"id\":2,\"presence\":{\"channel\":\"mine:ann\"}}").toString())
                    .contains("\"user\":\"ann\"");
        }
    }

    @Test
    void standAboveATokenOfAnotherUser() {
        try (var socket = server.socket("/behind", "X-User-Id: ann")) {
            assertThat(
                            socket.ask(connect(server.token("42")))
                                    .at("/connect/subs/mine:ann")
                                    .isObject())
                    .isTrue();
        }
    }

    @Test
    void areNobodyWithoutTheHeader() {
        assertThat(ending("/behind", connect(""))).isEqualTo(3501);
        assertThat(ending("/behind", connect(""), "X-User-Id:")).isEqualTo(3501);
        try (var socket = server.socket("/behind")) {
            assertThat(
                            socket.ask(connect(server.token("42")))
                                    .at("/connect/subs/mine:42")
                                    .isObject())
                    .isTrue();
        }
    }

    @Test
    void areNobodyWhereTwoAreNamed() {
        assertThat(ending("/behind", connect(""), "X-User-Id: eve", "X-User-Id: ann"))
                .isEqualTo(3501);
    }

    @Test
    void areNobodyWhereNoProxyIsTrusted() {
        assertThat(ending("/usual", connect(""), "X-User-Id: ann")).isEqualTo(3501);
    }

    @Test
    void areNeededInATokenWhereTheEndpointSaysSo() {
        var nobody = connect(server.token("", Map.of()));

        assertThat(ending("/plain", nobody)).isEqualTo(3507);
        assertThat(isIn("/plain", connect(server.token("42")))).isTrue();
        assertThat(isIn("/plain", connect(""))).isTrue();
        assertThat(isIn("/usual", nobody)).isTrue();
    }

    private boolean isIn(String path, String command) {
        try (var socket = server.socket(path)) {
            return socket.ask(command).has("connect");
        }
    }

    private int ending(String path, String command, String... headers) {
        try (var socket = server.socket(path, headers)) {
            socket.send(command);
            return socket.ending().code();
        }
    }

    private static String connect(String token) {
        return "{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}";
    }
}
