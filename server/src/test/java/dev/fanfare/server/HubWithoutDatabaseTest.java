package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HubWithoutDatabaseTest {
    @Test
    void nobodyIsLetIntoAHubWhoseStateCannotBeTold() {
        var yaml =
                """
                applications.enabled: true
                database.url: postgresql://127.0.0.1:1/nowhere
                database.wait: 250ms
                """;
        try (var server = RunningServer.start(yaml)) {
            var token = "Authorization: Bearer " + server.token("7");
            assertThat(server.refusal("/api/realtime/sync", token).status()).isEqualTo(503);
            try (var stream = server.socket("/api/games/ws", token)) {
                assertThat(stream.json().get("type").textValue()).isEqualTo("ws_ack");
            }
        }
    }
}
