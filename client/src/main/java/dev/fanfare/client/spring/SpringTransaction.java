package dev.fanfare.client.spring;

import dev.fanfare.client.AfterCommit;
import dev.fanfare.client.Transaction;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The transaction that Spring has open on the calling thread: of {@code @Transactional}, of a
 * {@code TransactionTemplate}, of any transaction manager. From Spring 6.2: earlier ones tell
 * nobody of savepoints, so an action would stay when its transaction goes back to one.
 */
public record SpringTransaction() implements Transaction {
    public static SpringTransaction current() {
        return new SpringTransaction();
    }

    @Override
    public void afterCommit(Runnable action) {
        var guarded = new AfterCommit(action);
        if (TransactionSynchronizationManager.isSynchronizationActive()
                && TransactionSynchronizationManager.isActualTransactionActive()) {
            TransactionSynchronizationManager.registerSynchronization(new PendingAction(guarded));
        } else {
            guarded.run();
        }
    }
}
