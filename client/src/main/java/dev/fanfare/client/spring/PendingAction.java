package dev.fanfare.client.spring;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.springframework.transaction.support.TransactionSynchronization;

/** An action that waits for the commit. On the thread that has the transaction. */
final class PendingAction implements TransactionSynchronization {
    private final Runnable action;

    /** Set after the action came: to go back to one of these leaves it alone. */
    private final Set<Object> laterSavepoints = Collections.newSetFromMap(new IdentityHashMap<>());

    private boolean isDue = true;

    PendingAction(Runnable action) {
        this.action = action;
    }

    @Override
    public void savepoint(Object savepoint) {
        laterSavepoints.add(savepoint);
    }

    @Override
    public void savepointRollback(Object savepoint) {
        isDue &= laterSavepoints.contains(savepoint);
    }

    @Override
    public void afterCommit() {
        runOnce();
    }

    /** What came while others acted after the commit is told of its completion only. */
    @Override
    public void afterCompletion(int status) {
        if (status == STATUS_COMMITTED) {
            runOnce();
        }
    }

    private void runOnce() {
        if (isDue) {
            isDue = false;
            action.run();
        }
    }
}
