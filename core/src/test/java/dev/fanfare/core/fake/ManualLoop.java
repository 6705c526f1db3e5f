package dev.fanfare.core.fake;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** An event loop that does something when a test says so. */
public final class ManualLoop implements Executor {
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    public int waiting() {
        return tasks.size();
    }

    public void runOne() {
        tasks.remove().run();
    }

    /** Until nothing waits. */
    public void runAll() {
        while (!tasks.isEmpty()) {
            runOne();
        }
    }
}
