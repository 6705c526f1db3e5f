package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a backend does to clients that have a session of a secret name, or only listen. */
@Timeout(60)
class HiddenSessionTest {
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server =
                RunningServer.start(
                        """
                        endpoints:
                          - { path: /connection/http_stream, transport: centrifuge-http-stream }
                          - { path: /connection/uni_http_stream, transport: centrifuge-uni-http-stream }
                        channels:
                          - pattern: "chat:{id}"
                            variables: { id: segment }
                            subscribe: everyone
                            presence: true
                        """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void isToldWhichSessionIsMeant() {
        try (var meant = EmulatedClient.connected(server, "ann");
                var other = EmulatedClient.connected(server, "ann")) {
            var ofAnn =
                    "\"user\":\"ann\",\"session\":" + meant.welcome().at("/connect/session") + "}";

            call("subscribe", "{\"channel\":\"chat:a\"," + ofAnn);
            call("disconnect", "{" + ofAnn);
            call("subscribe", "{\"user\":\"ann\",\"channel\":\"chat:b\"}");

            assertThat(meant.json().at("/push/channel").asText()).isEqualTo("chat:a");
            assertThat(meant.json().at("/push/disconnect/code").asInt()).isEqualTo(3503);
            assertThat(other.json().at("/push/channel").asText()).isEqualTo("chat:b");
        }
    }

    @Test
    void tellsOfTheNodeThatClientsAreTold() {
        try (var client = EmulatedClient.connected(server, "bob")) {
            assertThat(Json.read(call("info", "{}")).at("/result/nodes/0/uid"))
                    .isEqualTo(client.welcome().at("/connect/node"));
        }
    }

    @Test
    void tellsWhoOnlyListensWhenItIsRefreshed() {
        var connect = "{\"token\":\"" + server.token("carl") + "\"}";
        try (var stream = server.stream("/connection/uni_http_stream", connect)) {
            assertThat(stream.json().has("connect")).isTrue();

            call("refresh", "{\"user\":\"carl\",\"expire_at\":4102444800}");

            var refresh = stream.json().get("refresh");
            assertThat(refresh.get("expires").asBoolean()).isTrue();
            assertThat(refresh.get("ttl").asLong()).isEqualTo(365L * 24 * 3600);
        }
    }

    @Test
    void endsWhoOnlyListensWhenItHasExpired() {
        var connect = "{\"token\":\"" + server.token("dora") + "\"}";
        try (var stream = server.stream("/connection/uni_http_stream", connect)) {
            stream.json();

            call("refresh", "{\"user\":\"dora\",\"expired\":true}");

            assertThat(stream.json().at("/disconnect/code").asInt()).isEqualTo(3005);
        }
    }

    private static String call(String method, String body) {
        var answer = server.post("/api/" + method, body, "X-API-Key: dev-api-key");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
