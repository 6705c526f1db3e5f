package dev.fanfare.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a user does arrives on their own hub, in order, and nobody else hears of it. */
@ParameterizedClass
@EnumSource
class UserActionsTest {
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "31 | POST  | /api/games/slot/spin  | {\"bet\":10}                     | slot.spin "
                        + "     | stats_update",
                "32 | POST  | /api/games/rps/play   | {\"bet\":1,\"choice\":\"rock\"}  | rps.play  "
                        + "     | stats_update",
                "33 | POST  | /api/games/gacha/pull | {\"bet\":10,\"pulls\":3}         | gacha.pull"
                        + "     | stats_update",
                "34 | POST  | /api/games/crash/bet  | {\"bet\":10,\"cash_out_at\":2}   | crash.bet "
                        + "     | stats_update",
                "35 | POST  | /api/shop/buy         | {\"item\":\"confetti\"}          | shop.buy  "
                        + "     | purchase_update",
                "36 | PATCH | /api/profile          | {\"display_name\":\"Ann\"}       |"
                        + " profile.update | profile_update",
                "37 | POST  | /api/streak/claim     | {}                               |"
                        + " streak.claim   | streak_update reward_granted",
            })
    void anActionArrivesAndThenWhatItHasChanged(
            String user, String method, String path, String body, String action, String updates) {
        try (var hub = subscriber(user, "hub:" + user);
                var others = subscriber("30", "hub:30,games:30");
                var monitor = monitor()) {
            var answer = ask(user, method, path, body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            var first = message(hub, "user_action");
            assertThat(first.get("action").textValue()).isEqualTo(action);
            assertThat(first.get("data")).isEqualTo(answer.json());
            for (var update : updates.split(" ", -1)) {
                assertThat(message(hub, update).get("ts")).isEqualTo(first.get("ts"));
            }
            hearsNothingElse(hub, "hub:" + user, "user_action");
            hearsNothingElse(others, "hub:30", "user_action");
            hearsNothingElse(others, "games:30", "game_event");
            if (path.startsWith("/api/games/")) {
                assertThat(monitor.json().get("type").textValue()).isEqualTo("game_event");
            }
            hearsNothingElse(monitor, "games:events", "game_event");
        }
    }

    private static JsonNode message(TestSocket hub, String type) {
        var message = hub.json();
        assertThat(message.get("type").textValue()).isEqualTo(type);
        assertThat(message.get("data").isObject()).isTrue();
        assertThat(message.get("ts").textValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(message.get("schema_version").intValue()).isOne();
        return message;
    }

    /** What is published next is the first thing that comes. */
    private static void hearsNothingElse(TestSocket socket, String channel, String type) {
        var sentinel = "{\"type\":\"" + type + "\",\"sentinel\":true}";
        var answer =
                server.publish("{\"channel\":\"" + channel + "\",\"payload\":" + sentinel + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(socket.text()).isEqualTo(sentinel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub:31", "games:31", "games:events", "games:online"})
    void nobodyListensToOthers(String channel) {
        var token = server.token("30");
        assertThat(server.refusal("/ws?token=" + token + "&channels=" + channel).status())
                .isEqualTo(403);
    }

    @Test
    void actionsOfOneUserArriveInTheirOrder() {
        try (var hub = subscriber("41", "hub:41")) {
            ask("41", "POST", "/api/streak/claim", "");
            ask("41", "PATCH", "/api/profile", "{\"bio\":\"I play.\"}");
            ask("41", "POST", "/api/shop/buy", "{\"item\":\"lucky_charm\"}");
            var types = new ArrayList<String>();
            for (int i = 0; i < 7; i++) {
                types.add(hub.json().get("type").textValue());
            }
            assertThat(types)
                    .containsExactly(
                            "user_action",
                            "streak_update",
                            "reward_granted",
                            "user_action",
                            "profile_update",
                            "user_action",
                            "purchase_update");
        }
    }

    @Test
    void aRefusedActionIsNotTold() {
        try (var hub = subscriber("42", "hub:42")) {
            assertThat(ask("42", "POST", "/api/shop/buy", "{\"item\":\"moon\"}").problem())
                    .isEqualTo("400 bad_request item moon");
            assertThat(ask("42", "PATCH", "/api/profile", "{\"role\":\"admin\"}").problem())
                    .isEqualTo("400 bad_request role an unknown member");
            hearsNothingElse(hub, "hub:42", "user_action");
        }
    }

    @Test
    void aDayIsClaimedOnce() {
        assertThat(ask("43", "POST", "/api/streak/claim", "").status()).isEqualTo(200);
        var again = ask("43", "POST", "/api/streak/claim", "");
        assertThat(again.problem()).isEqualTo("409 already_claimed streak claimed today");
        assertThat(Long.parseLong(again.header("retry-after"))).isBetween(1L, 24L * 60 * 60);
        var streak = server.get("/api/streak", bearer("43")).json();
        assertThat(streak.get("days").asInt()).isOne();
        assertThat(streak.get("claimed_today").asBoolean()).isTrue();
        assertThat(balance("43")).isEqualTo(10_100);
    }

    @Test
    void aKeyBuysOnce() {
        for (int i = 0; i < 2; i++) {
            var answer =
                    server.post(
                            "/api/shop/buy",
                            "{\"item\":\"confetti\"}",
                            bearer("44"),
                            "Idempotency-Key: one");
            assertThat(answer.json().get("owned").asInt()).isOne();
        }
        assertThat(balance("44")).isEqualTo(9_900);
        var inventory = server.get("/api/shop/inventory", bearer("44")).json();
        assertThat(inventory.get("items").toString()).isEqualTo("{\"confetti\":1}");
    }

    @Test
    void anybodyMayLookAtTheShop() {
        var items = server.get("/api/shop/items").json().get("items");
        assertThat(List.of(items.get(0).get("key").asText(), items.get(1).get("key").asText()))
                .containsExactly("lucky_charm", "confetti");
    }

    private static TestSocket subscriber(String user, String channels) {
        return server.socket("/ws?token=" + server.token(user) + "&channels=" + channels);
    }

    private static TestSocket monitor() {
        var token = server.token("1", Map.of("role", "admin"));
        return server.socket("/ws?token=" + token + "&channels=games:events");
    }

    private static HttpAnswer ask(String user, String method, String path, String body) {
        try (var wire = server.connect()) {
            wire.request(method, path, body.getBytes(UTF_8), bearer(user));
            return wire.answer();
        }
    }

    private static long balance(String user) {
        return server.get("/api/wallet", bearer(user)).json().get("balance_cents").asLong();
    }

    private static String bearer(String user) {
        return "Authorization: Bearer " + server.token(user);
    }
}
