package dev.fanfare.apps.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import dev.fanfare.apps.TestDatabase;
import dev.fanfare.client.Delivery;
import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.RealtimeException;
import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.jdbc.Outbox;
import dev.fanfare.client.jdbc.OutboxRelay;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the outbox of the backend library does with what it cannot deliver. */
@Timeout(60)
@ParameterizedClass
@EnumSource
class OutboxRefusalTest extends OutboxFixture {
    OutboxRefusalTest(TestDatabase kind) {
        super(kind);
    }

    @Test
    void aChannelThatFailsHoldsUpNobodyElseAndKeepsItsOrder() throws SQLException {
        delivery.fails("bad", Code.UNAVAILABLE);
        for (int i = 0; i < 5; i++) {
            add(event("bad", "1" + i), event("good", "2" + i));
        }
        start(OPTIONS.withBatch(2));
        await().until(() -> delivery.payloads("good").size() == 5);
        add(event("good", "25"));
        await().until(() -> delivery.payloads("good").size() == 6);
        assertThat(delivery.payloads("bad")).isEmpty();
        assertThat(rows("parked_at is null")).isEqualTo(5);

        delivery.works("bad");
        awaitEmpty();
        assertThat(delivery.payloads("bad")).containsExactly("10", "11", "12", "13", "14");
    }

    @Test
    void whatTheServerRefusesIsParkedWithTheReason() throws SQLException {
        var parked = new CopyOnWriteArrayList<Code>();
        delivery.fails("bad", Code.REFUSED);
        add(event("bad", "1"), event("good", "2"));
        start(
                OPTIONS,
                new PublishObserver() {
                    @Override
                    public void parked(Code why) {
                        parked.add(why);
                    }
                });
        await().until(() -> rows("parked_reason = 'no: REFUSED'") == 1);
        await().until(() -> rows("parked_at is null") == 0);
        assertThat(delivery.payloads("good")).containsExactly("2");
        await().untilAsserted(() -> assertThat(parked).containsExactly(Code.REFUSED));

        delivery.works("bad");
        execute("update fanfare_outbox set parked_at = null");
        awaitEmpty();
        assertThat(delivery.payloads("bad")).containsExactly("1");
    }

    @Test
    void aReasonThatTheDatabaseHasNoFormForHoldsUpNobody() throws SQLException {
        Delivery refusing =
                event ->
                        CompletableFuture.failedFuture(
                                new RealtimeException(
                                        Code.REFUSED, "\0" + "x".repeat(3000), (Throwable) null));
        add(event("a", "1"), event("b", "2"));
        relays.add(OutboxRelay.start(source, refusing, OPTIONS, PublishObserver.NONE));
        await().until(() -> rows("length(parked_reason) = 2000") == 2);
    }

    @Test
    void anEntryThatCannotBeSettledHoldsUpNobodyElse() throws SQLException {
        execute(
                "alter table fanfare_outbox add constraint never_parked"
                        + " check (parked_at is null or channel <> 'stuck')");
        delivery.fails("stuck", Code.REFUSED);
        delivery.fails("bad", Code.REFUSED);
        add(event("stuck", "1"), event("bad", "2"), event("good", "3"));
        start(OPTIONS);
        await().until(() -> rows("parked_at is not null") == 1);
        await().until(() -> rows("channel = 'good'") == 0);
        add(event("good", "4"));
        await().until(() -> rows("channel = 'good'") == 0);
        assertThat(rows("channel = 'stuck' and parked_at is null")).isEqualTo(1);
    }

    @Test
    void goesOnAfterAnErrorOfItsOwn() throws SQLException {
        var isFirst = new AtomicBoolean(true);
        add(event("a", "1"));
        start(
                OPTIONS,
                new PublishObserver() {
                    @Override
                    public void outbox(long waiting, Duration oldest, long parked) {
                        if (isFirst.getAndSet(false)) {
                            throw new AssertionError("no such thing");
                        }
                    }
                });
        awaitEmpty();
        assertThat(isFirst).isFalse();
    }

    @Test
    void aRowThatIsNoEventIsParked() throws SQLException {
        execute("insert into fanfare_outbox (event_id, channel, payload) values ('1', 'a', '{')");
        add(event("a", "2"));
        start(OPTIONS);
        await().until(() -> rows("parked_reason like 'payload: %'") == 1);
        await().until(() -> delivery.payloads("a").equals(List.of("2")));
    }

    @Test
    void aWrongTokenLosesNothing() throws SQLException {
        delivery.fails("a", Code.UNAUTHORIZED);
        var retried = new CopyOnWriteArrayList<Code>();
        add(event("a", "1"));
        start(
                OPTIONS,
                new PublishObserver() {
                    @Override
                    public void retried(Code why) {
                        retried.add(why);
                    }
                });
        await().until(() -> retried.size() > 2);
        assertThat(retried).containsOnly(Code.UNAUTHORIZED);
        delivery.works("a");
        awaitEmpty();
    }

    @Test
    void refusesWhatTheTableHasNoRoomFor() throws SQLException {
        var event = event("a", "\"" + "x".repeat(1_000_000) + "\"");
        try (var connection = source.getConnection()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Outbox.add(connection, event))
                    .withMessage(
                            "payload: 1000002 characters (expected: at most 1000000 in the"
                                    + " outbox)");
        }
    }
}
