package dev.fanfare.apps.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.apps.TestDatabase;
import dev.fanfare.apps.database.Database;
import dev.fanfare.apps.web.Refused;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class WalletsTest {
    private static final long USER = 1001;
    private static final long START = 10_000;

    private final Database database;
    private final Wallets wallets = new Wallets(START);

    WalletsTest(TestDatabase kind) {
        database = kind.open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aWalletOpensWhenItIsFirstAskedFor() {
        assertThat(balance()).isEqualTo(START);
    }

    @Test
    void spendsToTheLastCent() {
        assertThat(spend(START)).isZero();
        assertThat(balance()).isZero();
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatThrownBy(() -> spend(START + 1))
                .isInstanceOf(Refused.class)
                .hasMessage("balance_cents: 10000 (expected: at least 10001)");
        assertThat(balance()).isEqualTo(START);
    }

    @Test
    void aWalletHoldsSoMuchAndNoMore() {
        assertThat(add(Wallets.MOST_CENTS - START)).isEqualTo(Wallets.MOST_CENTS);
        assertThatThrownBy(() -> add(1))
                .isInstanceOf(Refused.class)
                .hasMessage(
                        "balance_cents: 1000000000000000 and 1 more"
                                + " (expected: at most 1000000000000000)");
        assertThatThrownBy(() -> add(Long.MAX_VALUE)).isInstanceOf(Refused.class);
        assertThat(balance()).isEqualTo(Wallets.MOST_CENTS);
    }

    @Test
    void theDatabaseItselfRefusesDebts() {
        balance();
        assertThatThrownBy(() -> execute("update wallet set balance_cents = -1"))
                .isInstanceOf(UnableToExecuteStatementException.class);
        assertThatThrownBy(
                        () -> execute("insert into wallet (user_id, balance_cents) values (7, -1)"))
                .isInstanceOf(UnableToExecuteStatementException.class);
        assertThat(balance()).isEqualTo(START);
    }

    @Test
    void whatIsRefusedLaterLeavesNothingBehind() {
        assertThatThrownBy(
                        () ->
                                database.inTransaction(
                                        transaction -> {
                                            wallets.spend(transaction, USER, 1);
                                            throw Refused.badRequest("bet", "other", "this");
                                        }))
                .isInstanceOf(Refused.class);
        assertThat(balance()).isEqualTo(START);
    }

    private long balance() {
        return database.inTransaction(transaction -> wallets.balance(transaction, USER));
    }

    private long spend(long cents) {
        return database.inTransaction(transaction -> wallets.spend(transaction, USER, cents));
    }

    private long add(long cents) {
        return database.inTransaction(transaction -> wallets.add(transaction, USER, cents));
    }

    private void execute(String sql) {
        database.inTransaction(transaction -> transaction.execute(sql));
    }
}
