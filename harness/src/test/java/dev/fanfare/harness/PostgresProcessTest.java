package dev.fanfare.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresProcessTest {
    private static PostgresProcess postgres;

    @BeforeAll
    static void start() throws IOException {
        var hindrance = PostgresProcess.hindrance();
        assumeTrue(hindrance.isEmpty(), () -> hindrance.orElse(""));
        postgres = PostgresProcess.start();
    }

    @AfterAll
    static void close() {
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void keepsItsDataWhenItIsStoppedAndWhenItIsKilled() throws Exception {
        write("stopped");
        postgres.stop();
        assertThat(postgres.isRunning()).isFalse();
        assertThatThrownBy(PostgresProcessTest::connect).isInstanceOf(SQLException.class);
        postgres.startAgain();
        assertThat(isThere("stopped")).isTrue();

        write("killed");
        postgres.kill();
        assertThatThrownBy(PostgresProcessTest::connect).isInstanceOf(SQLException.class);
        postgres.startAgain();
        assertThat(isThere("killed")).isTrue();
    }

    @Test
    void wantsThePassword() {
        assertThatThrownBy(() -> connect("wrong")).hasMessageContaining("password");
    }

    @Test
    void makesDatabasesThatAreEmpty() throws Exception {
        assertThat(postgres.newDatabase()).isNotEqualTo(postgres.newDatabase());
    }

    private static void write(String table) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("create table " + table + " (id int)");
        }
    }

    private static boolean isThere(String table) throws SQLException {
        try (var connection = connect();
                var found = connection.getMetaData().getTables(null, "public", table, null)) {
            return found.next();
        }
    }

    private static Connection connect() throws SQLException {
        return connect(PostgresProcess.PASSWORD);
    }

    private static Connection connect(String password) throws SQLException {
        var url = "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/postgres";
        return DriverManager.getConnection(url, PostgresProcess.USER, password);
    }
}
