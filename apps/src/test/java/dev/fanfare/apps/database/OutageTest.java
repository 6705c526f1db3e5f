package dev.fanfare.apps.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.jdbi.v3.core.transaction.TransactionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutageTest {
    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "40001", "40P01", "53300", "55P03", "HYT00"})
    void anotherTimeMayDo(String state) {
        assertThat(Outage.isBehind(failure(state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "23514", "42601"})
    void whatIsWrongStaysWrong(String state) {
        assertThat(Outage.isBehind(failure(state))).isFalse();
    }

    private static TransactionException failure(String state) {
        return new TransactionException("failed", new SQLException("no", state));
    }
}
