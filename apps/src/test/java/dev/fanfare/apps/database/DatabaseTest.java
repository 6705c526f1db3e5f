package dev.fanfare.apps.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.apps.TestDatabase;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds on every database. */
@Timeout(60)
@ParameterizedClass
@EnumSource
class DatabaseTest {
    private static final int REQUESTS = 500;

    private final Database database;

    DatabaseTest(TestDatabase kind) {
        database = kind.open();
    }

    @BeforeEach
    void make() {
        database.inTransaction(
                handle -> handle.execute("create table counter (id int primary key, n int)"));
        database.inTransaction(handle -> handle.execute("insert into counter values (1, 0)"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsThrownInATransactionRollsItBackAndComesOutAsItIs() {
        var refusal = new IllegalStateException("no");
        assertThatThrownBy(
                        () ->
                                database.inTransaction(
                                        handle -> {
                                            count(handle);
                                            throw refusal;
                                        }))
                .isSameAs(refusal);
        assertThat(counted()).isZero();
    }

    @Test
    void anOutageInATransactionRollsItBack() {
        assertThatThrownBy(
                        () ->
                                database.inTransaction(
                                        handle -> {
                                            count(handle);
                                            throw new Unavailable("away", null);
                                        }))
                .isInstanceOf(Unavailable.class);
        assertThat(counted()).isZero();
    }

    @Test
    void hundredsOfVirtualThreadsTakeTurnsOnTenConnections() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var requests = new ArrayList<Callable<Integer>>();
            for (int i = 0; i < REQUESTS; i++) {
                requests.add(() -> database.inTransaction(DatabaseTest::count));
            }
            for (var answer : threads.invokeAll(requests)) {
                assertThat(answer.get()).isEqualTo(1);
            }
        }
        assertThat(counted()).isEqualTo(REQUESTS);
    }

    @Test
    void afterItIsClosedItIsUnavailable() {
        database.close();
        assertThatThrownBy(this::counted).isInstanceOf(Unavailable.class);
    }

    private static int count(Handle handle) {
        return handle.execute("update counter set n = n + 1 where id = 1");
    }

    private int counted() {
        return database.read(
                handle ->
                        handle.createQuery("select n from counter where id = 1")
                                .mapTo(Integer.class)
                                .one());
    }
}
