package dev.fanfare.apps.idempotency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.apps.TestDatabase;
import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.web.Answer;
import dev.fanfare.apps.web.Refused;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
@Timeout(60)
class IdempotencyKeysTest {
    private static final String ROUTE = "POST /api/things";

    private final Database database;
    private final AtomicInteger done = new AtomicInteger();
    private Instant now = Instant.parse("2025-01-25T12:00:00Z");
    private final IdempotencyKeys keys;

    IdempotencyKeysTest(TestDatabase kind) {
        database = kind.open();
        keys = new IdempotencyKeys(database, () -> now);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void withoutAKeyEveryRequestIsDone() {
        ask("ada", null, "{}");
        ask("ada", null, "{}");
        assertThat(done).hasValue(2);
    }

    @Test
    void aRepeatIsAnsweredTheSame() {
        var first = ask("ada", "k", "{}");
        assertThat(ask("ada", "k", "{}")).isEqualTo(first);
        assertThat(first.status()).isEqualTo(201);
        assertThat(done).hasValue(1);
    }

    @Test
    void answersKeepTheirMembersAndTheirOrder() {
        var members = new LinkedHashMap<String, Object>();
        members.put("z", 1);
        members.put("a", new BigDecimal("10.50"));
        members.put("m", Arrays.asList("❤️", true, null, Map.of("n", 1e10)));
        var call = new FakeCall("ada", "k", "{}");
        var first = keys.once(call, ROUTE, transaction -> Answer.ok(members));
        var again = keys.once(call, ROUTE, this::fail);
        assertThat(first.body()).hasToString("{z=1, a=10.50, m=[❤️, true, null, {n=1.0E+10}]}");
        assertThat(again.body()).hasToString(String.valueOf(first.body()));
    }

    @Test
    void anAnswerWithoutABodyStaysSo() {
        var call = new FakeCall("ada", "k", "{}");
        keys.once(call, ROUTE, transaction -> Answer.empty());
        assertThat(keys.once(call, ROUTE, this::fail)).isEqualTo(Answer.empty());
    }

    @Test
    void anotherBodyWithTheSameKeyIsRefused() {
        ask("ada", "k", "{}");
        assertThatThrownBy(() -> ask("ada", "k", "{ }"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.status()).isEqualTo(409);
                            assertThat(refused.code()).isEqualTo("idempotency_key_reused");
                        });
        assertThat(done).hasValue(1);
    }

    @Test
    void keysBelongToAUserAndARoute() {
        ask("ada", "k", "{}");
        ask("bob", "k", "{}");
        ask("ada".repeat(5_000), "k", "{}");
        keys.once(new FakeCall("ada", "k", "{}"), "POST /api/others", this::work);
        assertThat(done).hasValue(4);
    }

    @Test
    void keysHaveOneTo128Characters() {
        for (var key : List.of("", "k".repeat(129))) {
            assertThatThrownBy(() -> ask("ada", key, "{}"))
                    .isInstanceOf(Refused.class)
                    .hasMessage(
                            "Idempotency-Key: %s characters (expected: 1 to 128 characters)"
                                    .formatted(key.length()));
        }
        assertThat(done).hasValue(0);
        ask("ada", "k".repeat(128), "{}");
        assertThat(done).hasValue(1);
    }

    @Test
    void aRefusalIsNotKept() {
        var call = new FakeCall("ada", "k", "{}");
        assertThatThrownBy(() -> keys.once(call, ROUTE, this::fail)).isInstanceOf(Refused.class);
        assertThat(keys.once(call, ROUTE, this::work).status()).isEqualTo(201);
    }

    @Test
    void whoComesMeanwhileWaitsAndGetsTheSame() {
        var second = new CompletableFuture<Answer>();
        var first =
                keys.once(
                        new FakeCall("ada", "k", "{}"),
                        ROUTE,
                        transaction -> {
                            askMeanwhile(second);
                            assertThat(second).isNotDone();
                            return work(transaction);
                        });
        assertThat(second.join()).isEqualTo(first);
        assertThat(done).hasValue(1);
    }

    @Test
    void whoComesWhileItIsRefusedDoesItInstead() {
        var second = new CompletableFuture<Answer>();
        assertThatThrownBy(
                        () ->
                                keys.once(
                                        new FakeCall("ada", "k", "{}"),
                                        ROUTE,
                                        transaction -> {
                                            askMeanwhile(second);
                                            return fail(transaction);
                                        }))
                .isInstanceOf(Refused.class);
        assertThat(second.join().status()).isEqualTo(201);
        assertThat(done).hasValue(1);
    }

    /** Returns when the same request is on its way, on a thread of its own. */
    private void askMeanwhile(CompletableFuture<Answer> answer) {
        var started = new CountDownLatch(1);
        answer.completeAsync(
                () -> {
                    started.countDown();
                    return ask("ada", "k", "{}");
                });
        try {
            started.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void answersAreKeptForADayAndThenForgotten() {
        ask("ada", "old", "{}");
        now = now.plus(IdempotencyKeys.KEPT);
        ask("ada", "old", "{}");
        assertThat(done).hasValue(1);
        now = now.plus(Duration.ofHours(2));
        ask("ada", "new", "{}");
        assertThat(kept()).isEqualTo(1);
        ask("ada", "old", "{}");
        assertThat(done).hasValue(3);
    }

    private Answer ask(String user, String key, String body) {
        return keys.once(new FakeCall(user, key, body), ROUTE, this::work);
    }

    private Answer work(Handle transaction) {
        return Answer.created(Map.of("n", done.incrementAndGet()));
    }

    private Answer fail(Handle transaction) {
        throw Refused.conflict("insufficient_balance", "balance_cents", "0", "at least 1");
    }

    private long kept() {
        return database.read(
                handle ->
                        handle.createQuery("select count(*) from answered_request")
                                .mapTo(Long.class)
                                .one());
    }
}
