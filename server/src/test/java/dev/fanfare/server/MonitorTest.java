package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What administrators see of all players, as it comes out of the box. */
@Timeout(30)
class MonitorTest {
    private static final String MONITOR = "/api/games/ws/monitor";
    private static final String SYNC = "/api/realtime/sync";
    private static final String LEGACY = "/api/games/ws";

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void everybodyGoes() {
        await().untilAsserted(() -> assertThat(snapshot().get("connected_users")).isEmpty());
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
                var recent = snapshot.get("recent_events");
                var newest = List.of(recent.get(recent.size() - 2), recent.get(recent.size() - 1));
                assertThat(newest.toString().replace(", ", ","))
                        .isEqualTo(
                                "[{\"type\":\"game_event\",\"n\":1},{\"type\":\"game_event\",\"n\":2}]");
            }
        }
    }

    @Test
    void seesEventsBesideTheirDataWithThem() {
        try (var early = monitor()) {
            early.json();
            server.publish(
                    "{\"channel\":\"games:events\",\"event\":\"game_event\",\"data\":{\"n\":9}}");
            assertThat(early.json().at("/data/n").asInt()).isEqualTo(9);
            try (var late = monitor()) {
                var recent = late.json().get("recent_events");
                assertThat(recent.get(recent.size() - 1).toString())
                        .isEqualTo("{\"type\":\"game_event\",\"data\":{\"n\":9}}");
            }
        }
    }

    @Test
    void theRingHoldsTheNewestHundred() {
        publish(1, 103);
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
            var admin = server.token("1", Map.of("role", "admin"));
            var refused = server.refusal("/ws?channels=games:online&token=" + admin);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(other.json().get("connected_users")).isEmpty();
            publish("{\"type\":\"game_event\"}");
            assertThat(monitor.json().get("type").asText()).isEqualTo("game_event");
        }
    }

    @Test
    void nothingIsTwiceOrMissingWhereItIsPublishedMeanwhile() throws InterruptedException {
        publish("{\"type\":\"game_event\",\"n\":1000}");
        var seenEnough = new AtomicBoolean();
        var publisher = Thread.ofVirtual().start(() -> publishFrom(1001, seenEnough));
        try {
            for (int round = 0; round < 10; round++) {
                try (var monitor = monitor()) {
                    var recent = monitor.json().get("recent_events");
                    int last = recent.get(recent.size() - 1).get("n").asInt();
                    for (int next = last + 1; next <= last + 20; next++) {
                        assertThat(monitor.json().get("n").asInt()).isEqualTo(next);
                    }
                }
            }
        } finally {
            seenEnough.set(true);
            publisher.join();
        }
    }

    @Test
    void aListThatHasNoRoomIsCut() {
        try (var small =
                RunningServer.start(
                        """
                        limits.outbound-buffer: 4KiB
                        publish.payload-limit: 2KiB
                        ably.message-size: 2KiB
                        """)) {
            var text = "x".repeat(600);
            publish(small, "{\"type\":\"game_event\",\"n\":1,\"text\":\"" + text + "\"}");
            publish(small, "{\"type\":\"game_event\",\"n\":2,\"text\":\"" + text + "\"}");
            for (var letter : List.of("a", "b", "c", "d", "e")) {
                var _ = greeted(small, SYNC, letter.repeat(240));
            }
            try (var monitor = monitor(small)) {
                var snapshot = monitor.json();
                assertThat(snapshot.get("recent_events")).hasSize(1);
                assertThat(snapshot.at("/recent_events/0/n").asInt()).isEqualTo(2);
                assertThat(snapshot.get("connected_count").asInt()).isEqualTo(5);
                assertThat(snapshot.get("connected_users")).hasSize(4);
            }
        }
    }

    private static void assertChange(JsonNode message, String type, int user) {
        assertThat(message.get("type").asText()).isEqualTo(type);
        assertThat(message.get("user_id").asInt()).isEqualTo(user);
        assertThat(message.get("schema_version").asInt()).isEqualTo(1);
        assertThat(Instant.parse(message.get("ts").asText())).isBefore(Instant.MAX);
    }

    private static TestSocket monitor() {
        return monitor(server);
    }

    private static TestSocket monitor(RunningServer of) {
        return of.socket(MONITOR + "?token=" + of.token("1", Map.of("role", "admin")));
    }

    private static JsonNode snapshot() {
        try (var monitor = monitor()) {
            return monitor.json();
        }
    }

    private static TestSocket greetedMonitor() {
        var socket = monitor();
        socket.json();
        return socket;
    }

    private static TestSocket greeted(String path, String user) {
        return greeted(server, path, user);
    }

    private static TestSocket greeted(RunningServer at, String path, String user) {
        var socket = at.socket(path + "?token=" + at.token(user));
        socket.json();
        return socket;
    }

    /** One after the other, until nobody watches any more. */
    private static void publishFrom(int first, AtomicBoolean seenEnough) {
        try (var wire = server.connect()) {
            for (int n = first; !seenEnough.get(); n++) {
                publish(wire, n);
            }
        }
    }

    /** One after the other. */
    private static void publish(int first, int last) {
        try (var wire = server.connect()) {
            for (int n = first; n <= last; n++) {
                publish(wire, n);
            }
        }
    }

    private static void publish(HttpWire wire, int n) {
        var payload = "{\"type\":\"game_event\",\"n\":" + n + "}";
        RunningServer.publish(wire, "{\"channel\":\"games:events\",\"payload\":" + payload + "}");
    }

    private static void publish(String payload) {
        publish(server, payload);
    }

    private static void publish(RunningServer at, String payload) {
        var answer = at.publish("{\"channel\":\"games:events\",\"payload\":" + payload + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }
}
