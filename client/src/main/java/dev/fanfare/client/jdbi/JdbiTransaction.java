package dev.fanfare.client.jdbi;

import dev.fanfare.client.AfterCommit;
import dev.fanfare.client.Transaction;
import org.jdbi.v3.core.Handle;

/**
 * The transaction that a handle has open. JDBI knows no savepoints here: an action stays when the
 * transaction goes back to a savepoint.
 */
public record JdbiTransaction(Handle handle) implements Transaction {
    public static JdbiTransaction of(Handle handle) {
        return new JdbiTransaction(handle);
    }

    @Override
    public void afterCommit(Runnable action) {
        var guarded = new AfterCommit(action);
        if (handle.isInTransaction()) {
            handle.afterCommit(guarded);
        } else {
            guarded.run();
        }
    }
}
