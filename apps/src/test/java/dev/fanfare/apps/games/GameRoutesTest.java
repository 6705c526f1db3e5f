package dev.fanfare.apps.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.database.DatabaseOptions;
import dev.fanfare.apps.event.RecordedEvents;
import dev.fanfare.apps.event.RecordedEvents.Told;
import dev.fanfare.apps.hub.HubEvents;
import dev.fanfare.apps.idempotency.IdempotencyKeys;
import dev.fanfare.apps.wallet.Wallets;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.apps.web.Route.Method;
import dev.fanfare.apps.web.TestCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rounds whose randomness is known: what they cost and pay, and what is told of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GameRoutesTest {
    private static final long START = 10_000;
    private static final Instant NOW = Instant.parse("2025-08-16T12:34:56.789123Z");

    private final Wallets wallets = new Wallets(START);
    private Database database;
    private RecordedEvents events = new RecordedEvents();
    private long user = 1000;

    @BeforeAll
    void open() {
        var place = new DatabaseOptions.Place.Memory();
        database = Database.open(new DatabaseOptions(place, 2, Duration.ofSeconds(30)));
    }

    @AfterAll
    void close() {
        database.close();
    }

    @BeforeEach
    void anotherUser() {
        user++;
        events = new RecordedEvents();
    }

    @Test
    void aWinIsPaid() {
        var answer = play("/api/games/slot/spin", "{\"bet\":10}", new Numbers(7, 7, 7));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo(
                        Map.of(
                                "game_type",
                                "slot",
                                "bet",
                                10L,
                                "result",
                                Map.of(
                                        "reels",
                                        List.of("lemon", "lemon", "lemon"),
                                        "payout_cents",
                                        70L),
                                "balance_cents",
                                START + 60));
        assertThat(balance()).isEqualTo(START + 60);
    }

    @Test
    void aLossCostsTheBet() {
        play("/api/games/rps/play", "{\"bet\":10,\"choice\":\"rock\"}", new Numbers(1));
        assertThat(balance()).isEqualTo(START - 10);
    }

    @Test
    void allMayBeBet() {
        play("/api/games/rps/play", "{\"bet\":10000,\"choice\":\"rock\"}", new Numbers(1));
        assertThat(balance()).isZero();
    }

    @Test
    void aRoundIsToldToThePlayerAndToMonitorsInTheSameWords() {
        play("/api/games/crash/bet", "{\"bet\":20,\"cash_out_at\":1.5}", new Numbers(999_999));
        var event =
                Map.of(
                        "type",
                        "game_event",
                        "game_type",
                        "crash",
                        "user_id",
                        user,
                        "bet",
                        20L,
                        "result",
                        Map.of(
                                "cash_out_at",
                                new BigDecimal("1.50"),
                                "crashed_at",
                                new BigDecimal("1.00"),
                                "cashed_out",
                                false,
                                "payout_cents",
                                0L),
                        "ts",
                        "2025-08-16T12:34:56.789Z",
                        "balance_cents",
                        START - 20,
                        "schema_version",
                        1);
        assertThat(told("games:"))
                .containsExactly(new Told("games:" + user, event), new Told("games:events", event));
    }

    @Test
    void theHubHearsOfTheActionThenOfTheStats() {
        play("/api/games/gacha/pull", "{\"bet\":100,\"pulls\":2}", new Numbers(999, 0));
        assertThat(told("hub:")).extracting(Told::channel).containsOnly("hub:" + user);
        assertThat(told("hub:"))
                .extracting(Told::type)
                .containsExactly("user_action", "stats_update");
        var action = told("hub:").getFirst().members();
        assertThat(action).containsOnlyKeys("type", "action", "data", "ts", "schema_version");
        assertThat(action.get("action")).isEqualTo("gacha.pull");
        assertThat(action.get("data"))
                .isEqualTo(
                        Map.of(
                                "game_type",
                                "gacha",
                                "bet",
                                100L,
                                "result",
                                Map.of(
                                        "pulls",
                                        List.of("legendary", "common"),
                                        "payout_cents",
                                        3762L),
                                "balance_cents",
                                START + 3662));
        var update = told("hub:").getLast().members();
        assertThat(update.get("ts")).isEqualTo("2025-08-16T12:34:56.789Z");
        assertThat(update.get("schema_version")).isEqualTo(1);
    }

    @Test
    void statsAddUpRoundsOfAllGames() {
        play("/api/games/rps/play", "{\"bet\":10,\"choice\":\"rock\"}", new Numbers(2));
        play("/api/games/rps/play", "{\"bet\":30,\"choice\":\"rock\"}", new Numbers(1));
        play("/api/games/slot/spin", "{\"bet\":10}", new Numbers(19, 19, 19));
        var stats = ask(Method.GET, "/api/stats", "", new Numbers()).body();
        assertThat(stats.get("rounds")).isEqualTo(3L);
        assertThat(stats.get("rounds_won")).isEqualTo(2L);
        assertThat(stats.get("staked_cents")).isEqualTo(50L);
        assertThat(stats.get("paid_cents")).isEqualTo(7019L);
        assertThat(stats.get("best_payout_cents")).isEqualTo(7000L);
        assertThat(stats.get("games"))
                .asInstanceOf(MAP)
                .containsOnlyKeys("slot", "rps", "gacha", "crash")
                .containsEntry(
                        "rps",
                        Map.of(
                                "rounds",
                                2L,
                                "rounds_won",
                                1L,
                                "staked_cents",
                                40L,
                                "paid_cents",
                                19L,
                                "best_payout_cents",
                                19L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slot/spin | {\"bet\":0} | bet: 0 (expected: an integer from 1 to 1000000)",
                "slot/spin | {\"bet\":-1} | bet: -1 (expected: an integer from 1 to 1000000)",
                "slot/spin | {\"bet\":1000001} | bet: 1000001 (expected: an integer from 1 to"
                        + " 1000000)",
                "slot/spin | {\"bet\":1e400} | bet: 1E+400 (expected: an integer from 1 to"
                        + " 1000000)",
                "slot/spin | {\"bet\":0.5} | bet: 0.5 (expected: an integer from 1 to 1000000)",
                "slot/spin | {\"bet\":\"10\"} | bet: \"10\" (expected: an integer from 1 to"
                        + " 1000000)",
                "slot/spin | {\"bet\":null} | bet: null (expected: an integer from 1 to 1000000)",
                "slot/spin | {\"bet\":NaN} | body: Non-standard token 'NaN' (expected: a JSON"
                        + " object)",
                "slot/spin | {} | bet: nothing (expected: an integer from 1 to 1000000)",
                "slot/spin | {\"bet\":10001} | balance_cents: 10000 (expected: at least 10001)",
                "slot/spin | {\"bet\":10,\"win\":true} | win: an unknown member (expected: only"
                        + " bet)",
                "rps/play | {\"bet\":10} | choice: nothing (expected: one of rock, paper,"
                        + " scissors)",
                "rps/play | {\"bet\":10,\"choice\":\"well\"} | choice: \"well\" (expected: one of"
                        + " rock, paper, scissors)",
                "rps/play | {\"bet\":10001,\"choice\":\"rock\"} | balance_cents: 10000 (expected:"
                        + " at least 10001)",
                "gacha/pull | {\"bet\":10} | pulls: nothing (expected: an integer from 1 to 10)",
                "gacha/pull | {\"bet\":10,\"pulls\":0} | pulls: 0 (expected: an integer from 1 to"
                        + " 10)",
                "gacha/pull | {\"bet\":10,\"pulls\":11} | pulls: 11 (expected: an integer from 1 to"
                        + " 10)",
                "crash/bet | {\"bet\":10} | cash_out_at: nothing (expected: a number from 1.01 to"
                        + " 1000.00)",
                "crash/bet | {\"bet\":10,\"cash_out_at\":1} | cash_out_at: 1 (expected: a number"
                        + " from 1.01 to 1000.00)",
                "crash/bet | {\"bet\":10,\"cash_out_at\":1.009} | cash_out_at: 1.009 (expected: a"
                        + " number from 1.01 to 1000.00)",
                "crash/bet | {\"bet\":10,\"cash_out_at\":1000.01} | cash_out_at: 1000.01 (expected:"
                        + " a number from 1.01 to 1000.00)",
                "crash/bet | {\"bet\":10,\"cash_out_at\":1e999999999} | cash_out_at: 1E+999999999"
                        + " (expected: a number from 1.01 to 1000.00)",
                "crash/bet | {\"bet\":10,\"cash_out_at\":1.505} | cash_out_at: 1.505 (expected: a"
                        + " number with two decimals at most)",
            })
    void badBetsChangeNothingAndNobodyHearsOfThem(String path, String body, String reason) {
        assertThatThrownBy(() -> play("/api/games/" + path, body, new Numbers()))
                .isInstanceOf(Refused.class)
                .hasMessage(reason);
        assertThat(balance()).isEqualTo(START);
        assertThat(told("")).isEmpty();
    }

    private Answer play(String path, String body, RandomGenerator random) {
        return ask(Method.POST, path, body, random);
    }

    private Answer ask(Method method, String path, String body, RandomGenerator random) {
        var hub = new HubEvents(events);
        var keys = new IdempotencyKeys(database, () -> NOW);
        var routes = new GameRoutes(database, keys, wallets, hub, () -> NOW, random).routes();
        return TestCall.ask(routes, method, path, user, body);
    }

    private long balance() {
        return database.inTransaction(transaction -> wallets.balance(transaction, user));
    }

    private List<Told> told(String prefix) {
        return events.told().stream().filter(event -> event.channel().startsWith(prefix)).toList();
    }
}
