package dev.fanfare.apps.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fanfare.apps.TestDatabase;
import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.jdbc.Outbox;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What the outbox of the backend library delivers, on the databases that it is for. */
@Timeout(60)
@ParameterizedClass
@EnumSource
class OutboxRelayTest extends OutboxFixture {
    OutboxRelayTest(TestDatabase kind) {
        super(kind);
    }

    @Test
    void sendsWhatWasCommittedAndNothingElse() throws SQLException {
        start(OPTIONS);
        try (var connection = source.getConnection()) {
            Outbox.add(connection, event("a", "\"never\""));
            connection.rollback();
            Outbox.add(connection, event("a", "1").except("42"));
            Outbox.add(connection, event("a", "{\"text\":\"\u2764 \\n\"}"));
            connection.commit();
        }
        awaitEmpty();
        assertThat(delivery.payloads("a")).containsExactly("1", "{\"text\":\"\u2764 \\n\"}");
        assertThat(delivery.taken().getFirst().excludeUserId()).isEqualTo("42");
    }

    @Test
    void sendsEveryEventWithItsOwnId() throws SQLException {
        var event = event("a", "1");
        add(event);
        start(OPTIONS);
        awaitEmpty();
        assertThat(delivery.taken()).containsExactly(event);
    }

    @Test
    void keepsTheOrderOfEveryChannel() throws SQLException {
        try (var connection = source.getConnection()) {
            for (int i = 0; i < 400; i++) {
                Outbox.add(connection, event("channel" + i % 7, String.valueOf(i)));
            }
            connection.commit();
        }
        start(OPTIONS.withBatch(50));
        awaitEmpty();
        for (int channel = 0; channel < 7; channel++) {
            int first = channel;
            assertThat(delivery.payloads("channel" + channel))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 400)
                                    .filter(i -> i % 7 == first)
                                    .mapToObj(String::valueOf)
                                    .toList());
        }
    }

    @Test
    void anIndexServesWhatItReads() throws SQLException {
        execute(
                "insert into fanfare_outbox (event_id, channel, payload, parked_at)"
                        + " select 'e', 'c', '1', current_timestamp from "
                        + series(20_000));
        execute(
                "insert into fanfare_outbox (event_id, channel, payload)"
                        + " select 'e', 'c', '1' from "
                        + series(300));
        execute("analyze");
        assertThat(
                        plan(
                                "select payload from fanfare_outbox where parked_at is null"
                                        + " and channel not in ('a', 'b') order by id limit 200"))
                .containsIgnoringCase("fanfare_outbox_unparked");
    }

    private String series(int rows) throws SQLException {
        try (var connection = source.getConnection()) {
            var isH2 = connection.getMetaData().getDatabaseProductName().equals("H2");
            return (isH2 ? "system_range" : "generate_series") + "(1, " + rows + ")";
        }
    }

    private String plan(String query) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("explain " + query)) {
            var plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
            return plan.toString();
        }
    }

    @Test
    void isWokenWithoutWaitingForThePoll() throws SQLException {
        var relay = start(OPTIONS.withPoll(HOUR).withLease(HOUR));
        add(event("first", "1"));
        await().until(
                        () -> {
                            relay.wake();
                            return rows("true") == 0;
                        });
        add(event("a", "1"));
        relay.wake();
        awaitEmpty();
    }

    @Test
    void oneRelayDrainsAtATimeAndTheOtherTakesOverWhenItIsClosed() throws SQLException {
        var one = start(OPTIONS.withLease(HOUR));
        add(event("a", "1"));
        awaitEmpty();
        var other = new RecordingDelivery();
        start(other, OPTIONS.withLease(Duration.ofMillis(100)), PublishObserver.NONE);
        for (int i = 2; i < 50; i++) {
            add(event("a", String.valueOf(i)));
        }
        awaitEmpty();
        assertThat(delivery.taken()).hasSize(49);
        assertThat(other.taken()).isEmpty();

        one.close();
        assertThat(delivery.isClosed()).isTrue();
        add(event("a", "50"));
        await().until(() -> other.payloads("a").equals(List.of("50")));
    }

    @Test
    void theLeaseOfADeadNodeEnds() throws SQLException {
        execute(
                "update fanfare_outbox_lease set holder = 'dead',"
                        + " expires_at = current_timestamp + interval '1' hour");
        add(event("a", "1"));
        var looks = new AtomicInteger();
        start(
                OPTIONS.withLease(Duration.ofMillis(200)),
                new PublishObserver() {
                    @Override
                    public void outbox(long waiting, Duration oldest, long parked) {
                        looks.incrementAndGet(); // each time it finds that another has the lease
                    }
                });
        await().until(() -> looks.get() > 20);
        assertThat(delivery.taken()).isEmpty();
        assertThat(rows("true")).isEqualTo(1);

        execute("update fanfare_outbox_lease set expires_at = current_timestamp");
        awaitEmpty();
        assertThat(delivery.payloads("a")).containsExactly("1");
    }

    @Test
    void tellsWhatIsInTheOutbox() throws SQLException {
        var seen = new AtomicReference<String>();
        delivery.fails("a", Code.UNREACHABLE);
        delivery.fails("bad", Code.REFUSED);
        execute(
                "insert into fanfare_outbox (event_id, channel, payload, parked_at)"
                        + " values ('1', 'a', '{', current_timestamp)");
        add(event("a", "1"), event("a", "2"));
        execute("update fanfare_outbox set created_at = current_timestamp - interval '90' second");
        start(
                OPTIONS,
                new PublishObserver() {
                    @Override
                    public void outbox(long waiting, Duration oldest, long parked) {
                        seen.set(waiting + " " + oldest.toMinutes() + " " + parked);
                    }
                });
        await().untilAsserted(() -> assertThat(seen).hasValue("2 1 1"));
    }
}
