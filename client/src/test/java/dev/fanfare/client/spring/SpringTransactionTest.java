package dev.fanfare.client.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

class SpringTransactionTest {
    private final DataSourceTransactionManager manager = manager();
    private final TransactionTemplate template = new TransactionTemplate(manager);
    private final List<String> done = new ArrayList<>();

    private static DataSourceTransactionManager manager() {
        var source = new JdbcDataSource();
        source.setUrl("jdbc:h2:mem:");
        return new DataSourceTransactionManager(source);
    }

    @Test
    void actsAfterTheCommitInOrder() {
        template.executeWithoutResult(
                status -> {
                    act("one");
                    template.executeWithoutResult(joined -> act("two"));
                    assertThat(done).isEmpty();
                });
        assertThat(done).containsExactly("one", "two");
    }

    @Test
    void doesNothingAfterARollback() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () ->
                                template.executeWithoutResult(
                                        status -> {
                                            act("never");
                                            throw new IllegalStateException("no");
                                        }));
        template.executeWithoutResult(
                status -> {
                    act("never");
                    status.setRollbackOnly();
                });
        assertThat(done).isEmpty();
    }

    @Test
    void anotherTransactionInBetweenIsItsOwn() {
        var other = template(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        template.executeWithoutResult(
                status -> {
                    act("outer");
                    other.executeWithoutResult(inner -> act("inner"));
                    assertThat(done).containsExactly("inner");
                    status.setRollbackOnly();
                });
        assertThat(done).containsExactly("inner");
    }

    @Test
    void forgetsWhatCameAfterASavepointThatItGoesBackTo() {
        var nested = template(TransactionDefinition.PROPAGATION_NESTED);
        template.executeWithoutResult(
                status -> {
                    act("before");
                    nested.executeWithoutResult(
                            inner -> {
                                act("within");
                                inner.setRollbackOnly();
                            });
                    nested.executeWithoutResult(inner -> act("kept"));
                });
        assertThat(done).containsExactly("before", "kept");
    }

    @Test
    void actsAtOnceWithoutATransaction() {
        act("now");
        assertThat(done).containsExactly("now");
    }

    @Test
    void anActionMayAskForAnother() {
        template.executeWithoutResult(
                status -> SpringTransaction.current().afterCommit(() -> act("second")));
        assertThat(done).containsExactly("second");
    }

    @Test
    void aFailingActionStopsNobody() {
        template.executeWithoutResult(
                status -> {
                    SpringTransaction.current()
                            .afterCommit(
                                    () -> {
                                        throw new IllegalStateException("no");
                                    });
                    act("next");
                });
        assertThat(done).containsExactly("next");
    }

    private TransactionTemplate template(int propagation) {
        var other = new TransactionTemplate(manager);
        other.setPropagationBehavior(propagation);
        return other;
    }

    private void act(String what) {
        SpringTransaction.current().afterCommit(() -> done.add(what));
    }
}
