package dev.fanfare.client;

/** A transaction of a database, as far as events need it. Used by the thread that has it. */
@FunctionalInterface
public interface Transaction {
    /**
     * Runs the action when the transaction has been committed; never after a rollback. Actions run
     * in the order in which they came, on the thread that commits, so they must not block; what
     * they throw is logged. What such an action asks for in turn may wait for the next commit.
     * Where no transaction is open, statements are committed one by one, and the action runs at
     * once.
     */
    void afterCommit(Runnable action);
}
