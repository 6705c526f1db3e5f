package dev.fanfare.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitHooksTest {
    private final JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:hooks", "", "");
    private final CommitHooks hooks = CommitHooks.around(pool);
    private final List<String> done = new ArrayList<>();
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = hooks.getConnection();
        connection.createStatement().execute("create table t (n int primary key)");
        connection.setAutoCommit(false);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        pool.dispose();
    }

    @Test
    void actsAfterTheCommitInOrder() throws SQLException {
        insert(1);
        act("one");
        act("two");
        assertThat(done).isEmpty();
        connection.commit();
        assertThat(done).containsExactly("one", "two");
        connection.commit();
        assertThat(done).hasSize(2);
    }

    @Test
    void doesNothingAfterARollback() throws SQLException {
        act("never");
        connection.rollback();
        act("other");
        connection.commit();
        assertThat(done).containsExactly("other");
    }

    @Test
    void doesNothingWhereTheConnectionIsClosedBefore() throws SQLException {
        act("never");
        connection.close();
        connection = hooks.getConnection();
        connection.setAutoCommit(false);
        connection.commit();
        assertThat(done).isEmpty();
    }

    @Test
    void forgetsWhatCameAfterASavepointThatItGoesBackTo() throws SQLException {
        act("before");
        var first = connection.setSavepoint();
        act("between");
        var second = connection.setSavepoint("named");
        act("after");
        connection.rollback(second);
        connection.releaseSavepoint(second);
        act("again");
        connection.rollback(first);
        act("last");
        connection.commit();
        assertThat(done).containsExactly("before", "last");
    }

    @Test
    void keepsWhatCameAfterASavepointThatIsReleased() throws SQLException {
        var savepoint = connection.setSavepoint();
        act("kept");
        connection.releaseSavepoint(savepoint);
        connection.commit();
        assertThat(done).containsExactly("kept");
    }

    @Test
    void actsAtOnceWhereStatementsAreCommittedOneByOne() throws SQLException {
        connection.setAutoCommit(true);
        act("now");
        assertThat(done).containsExactly("now");
    }

    @Test
    void toSwitchAutocommitOnIsACommit() throws SQLException {
        act("one");
        connection.setAutoCommit(false);
        assertThat(done).isEmpty();
        connection.setAutoCommit(true);
        assertThat(done).containsExactly("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "setAutoCommit"})
    void doesNothingAfterACommitThatFails(String how) throws SQLException {
        for (var failure : List.of(new SQLException("lost"), new IllegalStateException("lost"))) {
            var fails = new AtomicBoolean(true);
            var failing =
                    connection(
                            method -> {
                                if (method.equals(how) && fails.get()) {
                                    throw failure;
                                }
                            });
            CommitHooks.transaction(failing).afterCommit(() -> done.add("never"));
            assertThatThrownBy(
                            () -> {
                                if (how.equals("commit")) {
                                    failing.commit();
                                } else {
                                    failing.setAutoCommit(true);
                                }
                            })
                    .isSameAs(failure);
            fails.set(false);
            failing.commit();
            failing.setAutoCommit(true);
        }
        assertThat(done).isEmpty();
    }

    /** What is called on a connection. */
    private interface Calls {
        void called(String method) throws Exception;
    }

    private static Connection connection(Calls calls) {
        return WatchedConnection.watch(
                (Connection)
                        Proxy.newProxyInstance(
                                CommitHooksTest.class.getClassLoader(),
                                new Class<?>[] {Connection.class},
                                (proxy, method, arguments) -> {
                                    calls.called(method.getName());
                                    return method.getReturnType() == boolean.class ? false : null;
                                }));
    }

    @Test
    void aFailingActionUndoesNothingAndStopsNobody() throws SQLException {
        insert(1);
        CommitHooks.transaction(connection)
                .afterCommit(
                        () -> {
                            throw new IllegalStateException("no");
                        });
        act("next");
        connection.commit();
        assertThat(done).containsExactly("next");
        assertThat(connection.createStatement().executeQuery("select n from t").next()).isTrue();
    }

    @Test
    void whatAnActionWritesIsToldAfterItsOwnCommit() throws SQLException {
        CommitHooks.transaction(connection).afterCommit(() -> insertAndAct(1, "second"));
        act("first");
        connection.commit();
        assertThat(done).containsExactly("first");
        connection.rollback();
        connection.commit();
        assertThat(done).containsExactly("first");

        CommitHooks.transaction(connection).afterCommit(() -> insertAndAct(1, "second"));
        connection.commit();
        connection.commit();
        assertThat(done).containsExactly("first", "second");
    }

    @Test
    void anActionMayCommitWhatItWrites() throws SQLException {
        CommitHooks.transaction(connection)
                .afterCommit(
                        () -> {
                            insertAndAct(1, "inner");
                            commit();
                        });
        act("last");
        connection.commit();
        assertThat(done).containsExactly("inner", "last");
    }

    private void insertAndAct(int number, String what) {
        try {
            insert(number);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        act(what);
    }

    private void commit() {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void throwsWhatTheDriverThrows() throws SQLException {
        insert(1);
        assertThatThrownBy(() -> insert(1)).isInstanceOf(SQLException.class);
        connection.rollback();
    }

    @Test
    void isTheConnectionThatItWraps() throws SQLException {
        assertThat(connection.isWrapperFor(org.h2.jdbc.JdbcConnection.class)).isTrue();
        try (var other = hooks.getConnection()) {
            assertThat(List.of(other, connection).indexOf(connection)).isEqualTo(1);
        }
        assertThat(hooks.isWrapperFor(JdbcConnectionPool.class)).isTrue();
        assertThat(hooks.unwrap(JdbcConnectionPool.class)).isSameAs(pool);
    }

    @Test
    void refusesAConnectionThatItDoesNotSee() throws SQLException {
        var source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:");
        try (var stranger = source.getConnection()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CommitHooks.transaction(stranger))
                    .withMessageStartingWith("connection: org.h2.jdbc.JdbcConnection (expected: ");
        }
    }

    private void act(String what) {
        CommitHooks.transaction(connection).afterCommit(() -> done.add(what));
    }

    private void insert(int number) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("insert into t values (" + number + ")");
        }
    }
}
