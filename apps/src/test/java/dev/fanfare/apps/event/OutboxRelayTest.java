package dev.fanfare.apps.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.fanfare.apps.TestDatabase;
import dev.fanfare.apps.database.DatabaseOptions.Place;
import dev.fanfare.client.Delivery;
import dev.fanfare.client.Event;
import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.RealtimeException;
import dev.fanfare.client.RealtimeException.Code;
import dev.fanfare.client.jdbc.Outbox;
import dev.fanfare.client.jdbc.OutboxRelay;
import dev.fanfare.client.jdbc.RelayOptions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The outbox of the backend library, on the databases that it is for. */
@Timeout(60)
@ParameterizedClass
@EnumSource
class OutboxRelayTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final RelayOptions OPTIONS =
            RelayOptions.DEFAULT
                    .withPoll(Duration.ofMillis(20))
                    .withPauses(Duration.ofMillis(10), Duration.ofMillis(50));

    private final HikariDataSource source;
    private final RecordingDelivery delivery = new RecordingDelivery();
    private final List<OutboxRelay> relays = new ArrayList<>();

    OutboxRelayTest(TestDatabase kind) {
        source = new HikariDataSource(pool(kind.place()));
    }

    private static HikariConfig pool(Place place) {
        var pool = new HikariConfig();
        pool.setMaximumPoolSize(4);
        pool.setAutoCommit(false);
        switch (place) {
            case Place.Memory() ->
                    pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            case Place.Directory(var path) -> pool.setJdbcUrl("jdbc:h2:file:" + path);
            case Place.Postgres(var url, var user, var password) -> {
                pool.setJdbcUrl(url);
                pool.setUsername(user);
                pool.setPassword(password);
            }
        }
        return pool;
    }

    @BeforeEach
    void create() throws SQLException {
        for (int i = 0; i < 2; i++) {
            try (var connection = source.getConnection()) {
                Outbox.create(connection);
                connection.commit();
            }
        }
    }

    @AfterEach
    void close() {
        relays.forEach(OutboxRelay::close);
        source.close();
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

    private OutboxRelay start(RelayOptions options) {
        return start(options, PublishObserver.NONE);
    }

    private OutboxRelay start(RelayOptions options, PublishObserver observer) {
        return start(delivery, options, observer);
    }

    private OutboxRelay start(
            RecordingDelivery to, RelayOptions options, PublishObserver observer) {
        var relay = OutboxRelay.start(source, to, options, observer);
        relays.add(relay);
        return relay;
    }

    private static Event event(String channel, String payload) {
        return Event.ofJson(channel, payload);
    }

    private void add(Event... events) throws SQLException {
        try (var connection = source.getConnection()) {
            for (var event : events) {
                Outbox.add(connection, event);
            }
            connection.commit();
        }
    }

    private void execute(String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }

    private void awaitEmpty() {
        await().until(() -> rows("true") == 0);
    }

    private long rows(String condition) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement();
                var row =
                        statement.executeQuery(
                                "select count(*) from fanfare_outbox where " + condition)) {
            row.next();
            return row.getLong(1);
        }
    }
}
