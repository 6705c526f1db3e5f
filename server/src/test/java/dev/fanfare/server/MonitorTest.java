package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What administrators see of all players, as it comes out of the box. */
@Timeout(30)
class MonitorTest {
    private static final String MONITOR = "/api/games/ws/monitor";
    private static final String SYNC = "/api/realtime/sync";
    private static final String LEGACY = "/api/games/ws";

    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void onlyAdministratorsGetIn() {
        var user = server.refusal(MONITOR + "?token=" + server.token("42"));
        assertThat(user.problem()).startsWith("403 forbidden token");
        assertThat(user.json().get("expected").asText()).contains("claim role is admin");
        var other = server.token("42", Map.of("role", "user"));
        assertThat(server.refusal(MONITOR + "?token=" + other).status()).isEqualTo(403);
        monitor().close();
    }

    @Test
    void seesFirstWhoIsConnectedAndWhatHasHappened() {
        try (var _ = greeted(SYNC, "42");
                var _ = greeted(LEGACY, "7");
                var _ = greeted(LEGACY, "42");
                var _ = greeted(SYNC, "ann")) {
            publish("{\"type\":\"game_event\",\"n\":1}");
            publish("{ \"type\":\"game_event\",\"n\":2}");
            try (var monitor = monitor()) {
                var snapshot = monitor.json();
                assertThat(snapshot.get("type").asText()).isEqualTo("monitor_snapshot");
                assertThat(snapshot.get("user_id").asInt()).isEqualTo(1);
                assertThat(snapshot.get("schema_version").asInt()).isEqualTo(1);
                assertThat(Instant.parse(snapshot.get("ts").asText())).isBefore(Instant.MAX);
                assertThat(snapshot.get("connected_count").asInt()).isEqualTo(3);
                assertThat(snapshot.get("connected_users").toString()).isEqualTo("[7,42,\"ann\"]");
                assertThat(snapshot.get("recent_events").toString())
                        .isEqualTo(
                                "[{\"type\":\"game_event\",\"n\":1},{\"type\":\"game_event\",\"n\":2}]");
            }
        }
    }

    @Test
    void theRingHoldsTheNewestHundred() {
        for (int n = 1; n <= 103; n++) {
            publish("{\"type\":\"game_event\",\"n\":" + n + "}");
        }
        try (var monitor = monitor()) {
            var numbers =
                    StreamSupport.stream(monitor.json().get("recent_events").spliterator(), false)
                            .map(event -> event.get("n").asInt())
                            .toList();
            assertThat(numbers).hasSize(100).startsWith(4).endsWith(103);
        }
    }

    @Test
    void seesEveryGameEventOfEveryUser() {
        try (var monitor = greetedMonitor();
                var other = greetedMonitor()) {
            publish("{\"type\":\"game_event\",\"user_id\":1}");
            publish("{\"type\":\"game_event\",\"user_id\":2}");
            for (var socket : List.of(monitor, other)) {
                assertThat(socket.text())
                        .isEqualTo("{\"type\":\"game_event\",\"user_id\":1,\"schema_version\":1}");
                assertThat(socket.text())
                        .isEqualTo("{\"type\":\"game_event\",\"user_id\":2,\"schema_version\":1}");
            }
        }
    }

    @Test
    void aUserComesWithTheFirstConnectionAndGoesWithTheLast() {
        try (var monitor = greetedMonitor()) {
            var first = greeted(SYNC, "42");
            assertChange(monitor.json(), "user_joined", 42);
            var second = greeted(LEGACY, "42");
            var third = greeted(SYNC, "43");
            assertChange(monitor.json(), "user_joined", 43);
            first.close();
            third.close();
            assertChange(monitor.json(), "user_left", 43);
            second.close();
            assertChange(monitor.json(), "user_left", 42);
            greeted(SYNC, "42").close();
            assertChange(monitor.json(), "user_joined", 42);
            assertChange(monitor.json(), "user_left", 42);
        }
    }

    @Test
    void whoWasThereBeforeIsNotAnnouncedAgainAndSeenLeaving() {
        var first = greeted(SYNC, "42");
        try (var monitor = greetedMonitor()) {
            var second = greeted(SYNC, "42");
            first.close();
            publish("{\"type\":\"game_event\"}");
            assertThat(monitor.json().get("type").asText()).isEqualTo("game_event");
            second.close();
            assertChange(monitor.json(), "user_left", 42);
        }
    }

    @Test
    void otherEndpointsAndMonitorsThemselvesAreNotSeen() {
        try (var monitor = greetedMonitor();
                var _ = server.socket("/ws?token=" + server.token("5"));
                var other = monitor()) {
            assertThat(other.json().get("connected_users")).isEmpty();
            publish("{\"type\":\"game_event\"}");
            assertThat(monitor.json().get("type").asText()).isEqualTo("game_event");
        }
    }

    @Test
    void nothingIsTwiceOrMissingWhereItIsPublishedMeanwhile() throws InterruptedException {
        var publisher =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    for (int n = 1; n <= 300; n++) {
                                        publish("{\"type\":\"game_event\",\"n\":" + n + "}");
                                    }
                                });
        for (int round = 0; round < 10; round++) {
            try (var monitor = monitor()) {
                var recent = monitor.json().get("recent_events");
                int last = recent.isEmpty() ? 0 : recent.get(recent.size() - 1).get("n").asInt();
                for (int next = last + 1; next <= Math.min(300, last + 20); next++) {
                    assertThat(monitor.json().get("n").asInt()).isEqualTo(next);
                }
            }
        }
        publisher.join();
    }

    @Test
    void aListThatHasNoRoomIsCut() {
        server.close();
        server = RunningServer.start("limits.outbound-buffer: 4KiB\npublish.payload-limit: 2KiB\n");
        var text = "x".repeat(600);
        publish("{\"type\":\"game_event\",\"n\":1,\"text\":\"" + text + "\"}");
        publish("{\"type\":\"game_event\",\"n\":2,\"text\":\"" + text + "\"}");
        try (var monitor = monitor()) {
            var recent = monitor.json().get("recent_events");
            assertThat(recent).hasSize(1);
            assertThat(recent.get(0).get("n").asInt()).isEqualTo(2);
        }
    }

    private static void assertChange(JsonNode message, String type, int user) {
        assertThat(message.get("type").asText()).isEqualTo(type);
        assertThat(message.get("user_id").asInt()).isEqualTo(user);
        assertThat(message.get("schema_version").asInt()).isEqualTo(1);
        assertThat(Instant.parse(message.get("ts").asText())).isBefore(Instant.MAX);
    }

    private TestSocket monitor() {
        return server.socket(MONITOR + "?token=" + server.token("1", Map.of("role", "admin")));
    }

    private TestSocket greetedMonitor() {
        var socket = monitor();
        socket.json();
        return socket;
    }

    private TestSocket greeted(String path, String user) {
        var socket = server.socket(path + "?token=" + server.token(user));
        socket.json();
        return socket;
    }

    private void publish(String payload) {
        var answer = server.publish("{\"channel\":\"games:events\",\"payload\":" + payload + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
