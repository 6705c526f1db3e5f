package dev.fanfare.client.jdbc;

import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** What waits for the commit of one transaction. */
final class PendingActions {
    private final List<Runnable> actions = new ArrayList<>();

    /** How many actions there were when it was set. */
    private final IdentityHashMap<Savepoint, Integer> savepoints = new IdentityHashMap<>();

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

    /** What waits; nothing does after this. What is added from now on is another transaction's. */
    List<Runnable> take() {
        var taken = List.copyOf(actions);
        clear();
        return taken;
    }
}
