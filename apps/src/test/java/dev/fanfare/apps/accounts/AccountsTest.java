package dev.fanfare.apps.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.apps.TestDatabase;
import dev.fanfare.apps.database.Database;
import java.util.Optional;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class AccountsTest {
    private final Database database;
    private final Accounts accounts = new Accounts();

    AccountsTest(TestDatabase kind) {
        database = kind.open();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void idsStartWhereTokensMadeByHandEnd() {
        assertThat(create("Alice", Role.USER).orElseThrow().id()).isEqualTo(1001);
        assertThat(create("bob", Role.ADMIN).orElseThrow().id()).isEqualTo(1002);
    }

    @Test
    void findsAnAccountByItsNameAsItWasWritten() {
        var alice = create("Alice", Role.ADMIN).orElseThrow();
        var found = database.read(handle -> accounts.find(handle, "alice")).orElseThrow();
        assertThat(found).isEqualTo(new Accounts.Known(alice, "a hash"));
        assertThat(found.account().username().text()).isEqualTo("Alice");
        assertThat(found.toString()).doesNotContain("a hash");
    }

    @Test
    void aNameBelongsToOneAccountHoweverItIsWritten() {
        create("Alice", Role.USER);
        assertThat(create("aLICE", Role.ADMIN)).isEmpty();
        assertThat(
                        database.<Boolean, RuntimeException>read(
                                handle -> accounts.isTaken(handle, new Username("alice"))))
                .isTrue();
    }

    @Test
    void theDatabaseItselfKnowsTheRoles() {
        create("Alice", Role.USER);
        assertThatThrownBy(
                        () ->
                                database.inTransaction(
                                        handle ->
                                                handle.execute("update account set role = 'root'")))
                .isInstanceOf(UnableToExecuteStatementException.class);
    }

    private Optional<Account> create(String name, Role role) {
        return database.inTransaction(
                handle -> accounts.create(handle, new Username(name), "a hash", role));
    }
}
