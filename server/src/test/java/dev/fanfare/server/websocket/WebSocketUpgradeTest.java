package dev.fanfare.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.server.websocket.WebSocketUpgrade.Accepted;
import dev.fanfare.server.websocket.WebSocketUpgrade.Refused;
import dev.fanfare.server.websocket.WebSocketUpgrade.Request;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebSocketUpgradeTest {
    /** The example of RFC 6455, section 1.3. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    @Test
    void accepts() {
        assertThat(check("GET", "websocket", "Upgrade", "13", KEY))
                .isEqualTo(new Accepted("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    }

    @Test
    void acceptsListsInAnyCase() {
        assertThat(check("GET", "h2c, WebSocket", "keep-alive,upgrade", "13", KEY))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void refusesOtherMethods() {
        assertThat(check("POST", "websocket", "Upgrade", "13", KEY))
                .isEqualTo(new Refused(405, "method", "POST", "GET", Map.of("Allow", "GET")));
    }

    @Test
    void tellsPlainRequestsToUpgrade() {
        assertThat(check("GET", null, "keep-alive", null, null))
                .isEqualTo(
                        new Refused(
                                426,
                                "Upgrade",
                                "missing",
                                "websocket",
                                Map.of("Upgrade", "websocket")));
    }

    @Test
    void refusesConnectionThatDoesNotUpgrade() {
        assertThat(check("GET", "websocket", "keep-alive", "13", KEY))
                .isEqualTo(new Refused(400, "Connection", "keep-alive", "Upgrade", Map.of()));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"8", "14", "13, 8"})
    void namesTheVersionItSpeaks(String version) {
        assertThat(check("GET", "websocket", "Upgrade", version, KEY))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.status()).isEqualTo(426);
                            assertThat(refused.headers())
                                    .containsExactly(Map.entry("Sec-WebSocket-Version", "13"));
                        });
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "AAAA",
                "dGhlIHNhbXBsZSBub25jZQ",
                "dGhlIHNhbXBsZSBub25jZSE=",
                "dGhlIHNhbXBsZSBub25jZR=="
            })
    void refusesKeysThatAreNot16Bytes(String key) {
        assertThat(check("GET", "websocket", "Upgrade", "13", key))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.status()).isEqualTo(400));
    }

    private static WebSocketUpgrade check(
            String method, String upgrade, String connection, String version, String key) {
        return WebSocketUpgrade.check(new Request(method, upgrade, connection, version, key));
    }
}
