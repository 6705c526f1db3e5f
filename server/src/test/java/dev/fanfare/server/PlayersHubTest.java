package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The sync hub, the games' stream and the monitor with the applications behind them. */
@ParameterizedClass
@EnumSource
class PlayersHubTest {
    private static final String HUB = "/api/realtime/sync";
    private static final String STREAM = "/api/games/ws";
    private static final String MONITOR = "/api/games/ws/monitor";
    private static final String SPIN = "/api/games/slot/spin";

    private static RunningServer server;

    @Parameter TestDatabase kind;

    @BeforeParameterizedClassInvocation
    static void start(TestDatabase database) {
        server = RunningServer.start(database.yaml());
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        server.close();
    }

    @Test
    void theHubBeginsWithHowThingsStand() {
        ask("51", "PATCH", "/api/profile", "{\"display_name\":\"Ann\"}");
        ask("51", "POST", "/api/streak/claim", "");
        ask("51", "POST", "/api/shop/buy", "{\"item\":\"confetti\",\"quantity\":5}");
        try (var hub = open("51", HUB)) {
            assertThat(type(hub.json())).isEqualTo("sync_connected");
            var state = hub.json();
            assertThat(type(state)).isEqualTo("initial_state");
            assertThat(state.get("schema_version").intValue()).isOne();
            var data = state.get("data");
            assertThat(data.get("profile")).isEqualTo(get("51", "/api/profile"));
            assertThat(data.get("profile").get("display_name").textValue()).isEqualTo("Ann");
            assertThat(data.get("balance_cents").intValue()).isEqualTo(10_000 + 100 - 500);
            assertThat(data.get("streak")).isEqualTo(get("51", "/api/streak"));
            assertThat(data.get("streak").get("days").intValue()).isOne();
            ask("51", "POST", SPIN, "{\"bet\":10}");
            assertThat(type(hub.json())).isEqualTo("user_action");
            assertThat(type(hub.json())).isEqualTo("stats_update");
        }
    }

    @Test
    void whoHasNoNumberHasNoState() {
        try (var hub = open("alice", HUB)) {
            assertThat(type(hub.json())).isEqualTo("sync_connected");
            assertThat(hub.ask("{\"type\":\"ping\"}").get("type").textValue()).isEqualTo("pong");
        }
    }

    @Test
    void aRoundReachesThePlayersStreamAndTheMonitor() {
        try (var stream = open("52", STREAM);
                var other = open("53", STREAM);
                var otherHub = open("53", HUB);
                var monitor = monitor()) {
            assertThat(type(stream.json())).isEqualTo("ws_ack");
            assertThat(type(other.json())).isEqualTo("ws_ack");
            assertThat(type(otherHub.json())).isEqualTo("sync_connected");
            assertThat(type(otherHub.json())).isEqualTo("initial_state");
            assertThat(type(monitor.json())).isEqualTo("monitor_snapshot");
            ask("52", "POST", SPIN, "{\"bet\":10}");
            var event = stream.json();
            assertThat(type(event)).isEqualTo("game_event");
            assertThat(event.get("user_id").intValue()).isEqualTo(52);
            assertThat(monitor.json()).isEqualTo(event);
            ask("53", "POST", SPIN, "{\"bet\":20}");
            var theirs = other.json();
            assertThat(theirs.get("user_id").intValue()).isEqualTo(53);
            assertThat(monitor.json()).isEqualTo(theirs);
            var action = otherHub.json();
            assertThat(type(action)).isEqualTo("user_action");
            assertThat(action.get("data").get("bet").intValue()).isEqualTo(20);
            assertThat(stream.ask("{\"type\":\"ping\"}").get("type").textValue()).isEqualTo("pong");
        }
    }

    @Test
    void theMonitorsSnapshotHasRecentRounds() {
        ask("54", "POST", SPIN, "{\"bet\":30}");
        try (var monitor = monitor()) {
            var recent = monitor.json().get("recent_events");
            assertThat(recent)
                    .anySatisfy(
                            event -> {
                                assertThat(event.get("user_id").intValue()).isEqualTo(54);
                                assertThat(event.get("bet").intValue()).isEqualTo(30);
                            });
        }
    }

    private static TestSocket open(String user, String path) {
        return server.socket(path, bearer(user));
    }

    private static TestSocket monitor() {
        var token = server.token("1", Map.of("role", "admin"));
        return server.socket(MONITOR, "Authorization: Bearer " + token);
    }

    private static String type(JsonNode message) {
        return message.get("type").textValue();
    }

    private static JsonNode get(String user, String path) {
        return server.get(path, bearer(user)).json();
    }

    private static void ask(String user, String method, String path, String body) {
        try (var wire = server.connect()) {
            wire.request(method, path, body.getBytes(UTF_8), bearer(user));
            var answer = wire.answer();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    private static String bearer(String user) {
        return "Authorization: Bearer " + server.token(user);
    }
}
