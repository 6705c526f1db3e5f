package dev.fanfare.apps.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import dev.fanfare.apps.TestDatabase;
import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.event.RecordedEvents;
import dev.fanfare.apps.event.RecordedEvents.Told;
import dev.fanfare.apps.hub.HubEvents;
import dev.fanfare.apps.wallet.Wallets;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Refused;
import dev.fanfare.apps.web.Route.Method;
import dev.fanfare.apps.web.TestCall;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Claims on days that a test chooses. */
@ParameterizedClass
@EnumSource
class StreakRoutesTest {
    private static final long USER = 1001;
    private static final long START = 10_000;

    private final Database database;
    private final Wallets wallets = new Wallets(START);
    private final RecordedEvents events = new RecordedEvents();
    private volatile Instant now = Instant.parse("2025-03-01T23:59:59Z");

    StreakRoutesTest(TestDatabase kind) {
        database = kind.open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whoHasNeverClaimedMay() {
        assertThat(show().body())
                .asInstanceOf(MAP)
                .containsEntry("days", 0)
                .containsEntry("claimed_today", false)
                .containsEntry("last_claimed_on", null)
                .containsEntry("next_claim_at", "2025-03-01T00:00:00.000Z")
                .containsEntry("next_reward_cents", 100L);
    }

    @Test
    void aWeekOfClaimsIsPaid() {
        for (int day = 1; day <= 7; day++) {
            assertThat(claim().body()).asInstanceOf(MAP).containsEntry("days", day);
            now = now.plus(Duration.ofDays(1));
        }
        assertThat(balance()).isEqualTo(START + 6 * 100 + 1000);
        assertThat(show().body())
                .asInstanceOf(MAP)
                .containsEntry("days", 7)
                .containsEntry("last_claimed_on", "2025-03-07")
                .containsEntry("next_reward_cents", 100L);
    }

    @Test
    void theSecondClaimOfADayIsRefusedUntilMidnight() {
        claim();
        var refused = catchThrowableOfType(Refused.class, this::claim);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("already_claimed");
        assertThat(refused)
                .hasMessage(
                        "streak: claimed today (expected: a claim from 2025-03-02T00:00:00.000Z"
                                + " on)");
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(1));
        assertThat(balance()).isEqualTo(START + 100);
        now = now.plusSeconds(1);
        assertThat(claim().body()).asInstanceOf(MAP).containsEntry("days", 2);
    }

    @Test
    void aMissedDayBeginsAnew() {
        claim();
        now = now.plusSeconds(Duration.ofDays(1).toSeconds() + 1);
        assertThat(show().body()).asInstanceOf(MAP).containsEntry("days", 0);
        assertThat(claim().body()).asInstanceOf(MAP).containsEntry("days", 1);
    }

    @Test
    void aClaimIsToldThenTheStreakThenTheReward() {
        var claimed = claim().body();
        assertThat(events.told())
                .extracting(Told::type)
                .containsExactly("user_action", "streak_update", "reward_granted");
        assertThat(events.told()).extracting(Told::channel).containsOnly("hub:" + USER);
        var action = events.told().getFirst().members();
        assertThat(action.get("action")).isEqualTo("streak.claim");
        assertThat(action.get("data")).isEqualTo(claimed);
        assertThat(events.told().getLast().members().get("data"))
                .asInstanceOf(MAP)
                .containsEntry("reason", "streak")
                .containsEntry("reward_cents", 100L)
                .containsEntry("balance_cents", START + 100);
    }

    @Test
    void ofClaimsAtOnceOneCounts() throws InterruptedException {
        int claims = 8;
        var begin = new CountDownLatch(1);
        var outcomes = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Answer> claim =
                    () -> {
                        begin.await();
                        return claim();
                    };
            for (int i = 0; i < claims; i++) {
                outcomes.add(threads.submit(claim));
            }
            begin.countDown();
        }
        assertThat(outcomes).filteredOn(outcome -> isRefused(outcome)).hasSize(claims - 1);
        assertThat(balance()).isEqualTo(START + 100);
        assertThat(events.told()).hasSize(3);
    }

    private static boolean isRefused(Future<Answer> outcome) {
        try {
            outcome.get();
            return false;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(Refused.class);
            return true;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Answer show() {
        return ask(Method.GET, "/api/streak");
    }

    private Answer claim() {
        return ask(Method.POST, "/api/streak/claim");
    }

    private Answer ask(Method method, String path) {
        var hub = new HubEvents(events);
        var routes = new StreakRoutes(database, wallets, hub, () -> now).routes();
        return TestCall.ask(routes, method, path, USER, "");
    }

    private long balance() {
        return database.inTransaction(transaction -> wallets.balance(transaction, USER));
    }
}
