package dev.fanfare.client.jdbc;

import dev.fanfare.client.AfterCommit;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** What waits for the commit of one transaction. */
final class PendingActions {
    private final List<Runnable> actions = new ArrayList<>();

    /** How many actions there were when it was set. */
    private final IdentityHashMap<Savepoint, Integer> savepoints = new IdentityHashMap<>();

    private boolean isRunning;

    void add(Runnable action) {
        actions.add(action);
    }

    Savepoint mark(Savepoint savepoint) {
        savepoints.put(savepoint, actions.size());
        return savepoint;
    }

    void backTo(Savepoint savepoint) {
        int size = savepoints.getOrDefault(savepoint, actions.size());
        while (actions.size() > size) {
            actions.remove(actions.size() - 1);
        }
    }

    void clear() {
        actions.clear();
        savepoints.clear();
    }

    /** An action may ask for another: it has its turn at the end. */
    void run() {
        savepoints.clear();
        if (isRunning) {
            return;
        }
        isRunning = true;
        try {
            while (!actions.isEmpty()) {
                new AfterCommit(actions.remove(0)).run();
            }
        } finally {
            isRunning = false;
        }
    }
}
