package dev.fanfare.client.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbiTransactionTest {
    private final Handle handle = Jdbi.create("jdbc:h2:mem:").open();
    private final List<String> done = new ArrayList<>();

    @AfterEach
    void close() {
        handle.close();
    }

    @Test
    void actsAfterTheCommitInOrder() {
        handle.useTransaction(
                open -> {
                    act(open, "one");
                    open.useTransaction(nested -> act(nested, "two"));
                    assertThat(done).isEmpty();
                });
        assertThat(done).containsExactly("one", "two");
    }

    @Test
    void doesNothingAfterARollback() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () ->
                                handle.useTransaction(
                                        open -> {
                                            act(open, "never");
                                            throw new IllegalStateException("no");
                                        }));
        handle.useTransaction(open -> act(open, "other"));
        assertThat(done).containsExactly("other");
    }

    @Test
    void doesNothingWhereTheHandleIsClosedBefore() {
        handle.begin();
        act(handle, "never");
        assertThatThrownBy(handle::close).isInstanceOf(TransactionException.class);
        assertThat(done).isEmpty();
    }

    @Test
    void actsAtOnceWithoutATransaction() {
        act(handle, "now");
        assertThat(done).containsExactly("now");
    }

    @Test
    void anActionMayAskForAnother() {
        handle.useTransaction(
                open -> JdbiTransaction.of(open).afterCommit(() -> act(open, "second")));
        assertThat(done).containsExactly("second");
    }

    @Test
    void aFailingActionUndoesNothingAndStopsNobody() {
        handle.execute("create table t (n int)");
        handle.useTransaction(
                open -> {
                    open.execute("insert into t values (1)");
                    JdbiTransaction.of(open)
                            .afterCommit(
                                    () -> {
                                        throw new IllegalStateException("no");
                                    });
                    act(open, "next");
                });
        assertThat(done).containsExactly("next");
        assertThat(handle.select("select n from t").mapTo(int.class).list()).containsExactly(1);
    }

    private void act(Handle open, String what) {
        JdbiTransaction.of(open).afterCommit(() -> done.add(what));
    }
}
