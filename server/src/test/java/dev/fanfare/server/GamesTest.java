package dev.fanfare.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rounds over HTTP, and what arrives on sockets: on the player's hub and stream, and at monitors.
 */
@ParameterizedClass
@EnumSource
class GamesTest {
    private static final int START = 10_000;

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
                "slot  | spin | {\"bet\":10}                      | reels",
                "rps   | play | {\"bet\":10,\"choice\":\"paper\"} | choice house outcome",
                "gacha | pull | {\"bet\":10,\"pulls\":10}         | pulls",
                "crash | bet  | {\"bet\":10,\"cash_out_at\":1.5}  | cash_out_at cashed_out"
                        + " crashed_at",
            })
    void aRoundReachesThePlayerAndMonitorsAlone(
            String game, String verb, String body, String members) {
        try (var hub = subscriber("7", "hub:7");
                var stream = subscriber("7", "games:7");
                var others = subscriber("8", "hub:8,games:8");
                var monitor = monitor()) {
            var answer = post("7", "/api/games/" + game + "/" + verb, body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            var told = stream.text();
            assertThat(monitor.text()).isEqualTo(told);
            hasCoreKeys(Json.read(told), game, 7, 10);
            assertThat(names(Json.read(told).get("result")))
                    .containsExactlyInAnyOrder((members + " payout_cents").split(" "));
            hasAnswered(answer.json(), Json.read(told));

            var action = hub.json();
            assertThat(names(action))
                    .containsExactly("type", "action", "data", "ts", "schema_version");
            assertThat(action.get("type").asText()).isEqualTo("user_action");
            assertThat(action.get("action").asText()).isEqualTo(game + "." + verb);
            assertThat(action.get("data")).isEqualTo(answer.json());
            var stats = hub.json();
            assertThat(stats.get("type").asText()).isEqualTo("stats_update");
            assertThat(stats.get("data").get("games").get(game).get("rounds").asInt()).isOne();
            assertThat(stats.get("schema_version").asInt()).isOne();

            hearsNothingElse(hub, "hub:7", "stats_update");
            hearsNothingElse(stream, "games:7", "game_event");
            hearsNothingElse(monitor, "games:events", "game_event");
            hearsNothingElse(others, "hub:8", "stats_update");
            hearsNothingElse(others, "games:8", "game_event");
        }
    }

    private static void hasCoreKeys(JsonNode event, String game, int user, int bet) {
        assertThat(names(event))
                .startsWith("type", "game_type", "user_id", "bet", "result", "ts")
                .contains("schema_version", "balance_cents");
        assertThat(event.get("type").textValue()).isEqualTo("game_event");
        assertThat(event.get("game_type").textValue()).isEqualTo(game);
        assertThat(event.get("user_id").isInt()).isTrue();
        assertThat(event.get("user_id").intValue()).isEqualTo(user);
        assertThat(event.get("bet").isNumber()).isTrue();
        assertThat(event.get("bet").intValue()).isEqualTo(bet);
        assertThat(event.get("result").isObject()).isTrue();
        assertThat(event.get("ts").textValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(event.get("schema_version").intValue()).isOne();
    }

    private static void hasAnswered(JsonNode answer, JsonNode event) {
        for (var member : List.of("game_type", "bet", "result", "balance_cents")) {
            assertThat(answer.get(member)).as(member).isEqualTo(event.get(member));
        }
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
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/games/slot/spin   | {\"bet\":0}                         | 400 bad_request bet"
                        + " 0",
                "/api/games/slot/spin   | {\"bet\":-10}                       | 400 bad_request bet"
                        + " -10",
                "/api/games/slot/spin   | {\"bet\":\"ten\"}                   | 400 bad_request bet"
                        + " \"ten\"",
                "/api/games/slot/spin   | {\"bet\":1000001}                   | 400 bad_request bet"
                        + " 1000001",
                "/api/games/slot/spin   | {\"bet\":99999999999999999999}      | 400 bad_request bet"
                        + " 99999999999999999999",
                "/api/games/slot/spin   | {\"bet\":10001}                     | 409"
                        + " insufficient_balance balance_cents 10000",
                "/api/games/rps/play    | {\"bet\":10,\"choice\":\"lizard\"}  | 400 bad_request"
                        + " choice \"lizard\"",
                "/api/games/gacha/pull  | {\"bet\":10,\"pulls\":11}           | 400 bad_request"
                        + " pulls 11",
                "/api/games/crash/bet   | {\"bet\":10,\"cash_out_at\":1}      | 400 bad_request"
                        + " cash_out_at 1",
                "/api/games/slot/spin   | {\"bet\":10,\"bet\":20}             | 400 bad_request"
                        + " body Duplicate field 'bet'",
            })
    void badBetsChangeNothingAndNobodyHearsOfThem(String path, String body, String problem) {
        try (var socket = subscriber("9", "hub:9,games:9");
                var monitor = monitor()) {
            assertThat(post("9", path, body).problem()).isEqualTo(problem);
            assertThat(balance("9")).isEqualTo(START);
            hearsNothingElse(socket, "hub:9", "stats_update");
            hearsNothingElse(socket, "games:9", "game_event");
            hearsNothingElse(monitor, "games:events", "game_event");
        }
    }

    @Test
    void playersWantAToken() {
        assertThat(server.post("/api/games/slot/spin", "{\"bet\":10}").problem())
                .isEqualTo("401 unauthorized token nothing");
        assertThat(post("alice", "/api/games/slot/spin", "{\"bet\":10}").problem())
                .isEqualTo("403 forbidden token user alice");
    }

    /** From a wallet that nobody has opened yet, five times as many bets as it holds. */
    @Test
    void concurrentBetsNeverOverdrawAndMoneyIsConserved() {
        var answers = concurrently(50, "/api/games/crash/bet", "{\"bet\":1000,\"cash_out_at\":2}");
        long paid = 0;
        int played = 0;
        for (var answer : answers) {
            assertThat(answer.status()).as(answer.body()).isIn(200, 409);
            if (answer.status() == 200) {
                played++;
                paid += answer.json().get("result").get("payout_cents").asLong();
                assertThat(answer.json().get("balance_cents").asLong()).isNotNegative();
            } else {
                assertThat(answer.problem()).startsWith("409 insufficient_balance");
            }
        }
        assertThat(played).isGreaterThanOrEqualTo(10);
        assertThat(balance("11")).isEqualTo(START - played * 1000L + paid);
        var stats = server.get("/api/stats", bearer("11")).json();
        assertThat(stats.get("rounds").asInt()).isEqualTo(played);
        assertThat(stats.get("staked_cents").asLong()).isEqualTo(played * 1000L);
        assertThat(stats.get("paid_cents").asLong()).isEqualTo(paid);
    }

    private static List<HttpAnswer> concurrently(int count, String path, String body) {
        var barrier = new CyclicBarrier(count);
        var answers = new ArrayList<CompletableFuture<HttpAnswer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var stream = subscriber("11", "games:11")) {
            for (int i = 0; i < count; i++) {
                answers.add(
                        CompletableFuture.supplyAsync(
                                () -> {
                                    await(barrier);
                                    return post("11", path, body);
                                },
                                threads));
            }
            var all = answers.stream().map(CompletableFuture::join).toList();
            hearsOfEach(stream, all);
            return all;
        }
    }

    private static void hearsOfEach(TestSocket stream, List<HttpAnswer> answers) {
        var played = answers.stream().filter(answer -> answer.status() == 200).toList();
        var told = played.stream().map(answer -> stream.json().get("result")).toList();
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        played.stream().map(answer -> answer.json().get("result")).toList());
        hearsNothingElse(stream, "games:11", "game_event");
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void cashOutsAreToldWithTwoDecimals() {
        var result =
                post("12", "/api/games/crash/bet", "{\"bet\":10,\"cash_out_at\":1.5}")
                        .json()
                        .get("result");
        assertThat(result.get("cash_out_at").decimalValue()).isEqualByComparingTo("1.5");
        assertThat(result.get("crashed_at").decimalValue()).isGreaterThanOrEqualTo(BigDecimal.ONE);
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static TestSocket subscriber(String user, String channels) {
        return server.socket("/ws?token=" + server.token(user) + "&channels=" + channels);
    }

    private static TestSocket monitor() {
        var token = server.token("1", Map.of("role", "admin"));
        return server.socket("/ws?token=" + token + "&channels=games:events");
    }

    private static long balance(String user) {
        return server.get("/api/wallet", bearer(user)).json().get("balance_cents").asLong();
    }

    private static HttpAnswer post(String user, String path, String body) {
        return server.post(path, body, bearer(user), "Content-Type: application/json");
    }

    private static String bearer(String user) {
        return "Authorization: Bearer " + server.token(user);
    }
}
