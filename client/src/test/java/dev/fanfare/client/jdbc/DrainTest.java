package dev.fanfare.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.client.Event;
import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.RealtimeException;
import dev.fanfare.client.RealtimeException.Code;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class DrainTest {
    private static final String LEASE = "fanfare_outbox_lease";
    private static final Duration HOUR = Duration.ofHours(1);
    private static final RelayOptions OPTIONS =
            RelayOptions.DEFAULT.withPoll(HOUR).withLease(HOUR).withPauses(HOUR, HOUR);

    private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:drain", "", "");
    private final AtomicInteger connections = new AtomicInteger();
    private final Map<String, CompletableFuture<Void>> given = new LinkedHashMap<>();
    private final List<Code> retried = new ArrayList<>();

    @BeforeEach
    void create() throws SQLException {
        try (var connection = pool.getConnection()) {
            Outbox.create(connection);
        }
    }

    @AfterEach
    void close() {
        pool.dispose();
    }

    @Test
    void holdsTwoThousandEntriesAndOfChannelsThatRestTheFirst() throws SQLException {
        add("a", 1_500);
        add("b", 1_500);
        add("c", 1);
        var drain = drain(OPTIONS.withBatch(1_500));
        turn(drain, 5);
        assertThat(given.keySet()).containsExactly("a", "b");

        fail("a", Code.UNAVAILABLE);
        turn(drain, 5);
        assertThat(given.keySet()).containsExactly("a", "b", "c");
    }

    @Test
    void readsNothingBeforeAChannelIsFreeOrSomebodyTellsOfMore() throws SQLException {
        add("a", 1);
        add("b", 2);
        var drain = drain(OPTIONS);
        turn(drain, 2);
        int before = connections.get();
        turn(drain, 5);
        assertThat(connections).hasValue(before);

        add("c", 1);
        drain.lookAgain();
        turn(drain, 1);
        assertThat(given.keySet()).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "REFUSED")
    void onlyARefusalOfTheServerIsForGood(Code code) throws SQLException {
        add("a", 1);
        var drain = drain(OPTIONS);
        turn(drain, 1);
        fail("a", code);
        turn(drain, 1);
        assertThat(retried).containsExactly(code);
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void whatADeliveryThrowsIsNoReasonToPark() throws SQLException {
        add("a", 1);
        add("b", 1);
        var drain =
                new Drain(
                        new OutboxTable(pool),
                        new Lease(pool, LEASE, HOUR),
                        event -> {
                            if (event.channel().equals("a")) {
                                throw new IllegalArgumentException("header: Bearer secret");
                            }
                            throw new StackOverflowError();
                        },
                        OPTIONS,
                        observer(),
                        () -> {});
        turn(drain, 2);
        assertThat(retried).containsExactly(Code.UNEXPECTED, Code.UNEXPECTED);
        assertThat(waiting()).isEqualTo(2);
    }

    private Drain drain(RelayOptions options) {
        var source = counted();
        return new Drain(
                new OutboxTable(source),
                new Lease(source, LEASE, HOUR),
                event -> given.computeIfAbsent(event.channel(), any -> new CompletableFuture<>()),
                options,
                observer(),
                () -> {});
    }

    private DataSource counted() {
        return (DataSource)
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {DataSource.class},
                        (proxy, method, arguments) -> {
                            connections.incrementAndGet();
                            return method.invoke(pool, arguments);
                        });
    }

    private PublishObserver observer() {
        return new PublishObserver() {
            @Override
            public void retried(Code why) {
                retried.add(why);
            }
        };
    }

    private static void turn(Drain drain, int times) throws SQLException {
        for (int i = 0; i < times; i++) {
            var unused = drain.turn();
        }
    }

    private void fail(String channel, Code code) {
        var future = given.get(channel);
        assertThat(future).isNotNull();
        future.completeExceptionally(new RealtimeException(code, "no", (Throwable) null));
    }

    private void add(String channel, int events) throws SQLException {
        try (var connection = pool.getConnection()) {
            for (int i = 0; i < events; i++) {
                Outbox.add(connection, Event.ofJson(channel, String.valueOf(i)));
            }
        }
    }

    private long waiting() throws SQLException {
        return new OutboxTable(pool).state().waiting();
    }
}
