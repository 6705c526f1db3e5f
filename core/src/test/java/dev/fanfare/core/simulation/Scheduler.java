package dev.fanfare.core.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Simulated time and simulated threads: every thread is a lane, a queue of tasks, and chance picks
 * the lane whose next task runs. Some lanes are lazy, so that what they do comes late.
 */
final class Scheduler implements InstantSource {
    private static final int MOST_PICKS = 8;
    private static final int MOST_TASKS = 100_000;

    /** Stands for a thread: runs its tasks one by one, in order. */
    final class Lane implements Executor {
        private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
        private final boolean lazy = random.nextInt(4) == 0;

        @Override
        public void execute(Runnable task) {
            if (tasks.isEmpty()) {
                busy.add(this);
            }
            tasks.add(task);
        }

        boolean isIdle() {
            return tasks.isEmpty();
        }
    }

    private final RandomGenerator random;
    private final List<Lane> busy = new ArrayList<>();
    private long now = Duration.ofDays(20_000).toMillis();

    Scheduler(RandomGenerator random) {
        this.random = random;
    }

    Lane lane() {
        return new Lane();
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(now);
    }

    @Override
    public long millis() {
        return now;
    }

    void advance(Duration time) {
        now += time.toMillis();
    }

    boolean isIdle() {
        return busy.isEmpty();
    }

    /** Runs at most so many tasks. */
    void run(int tasks) {
        for (int done = 0; done < tasks && !busy.isEmpty(); done++) {
            step();
        }
    }

    /** Runs until nothing is left to do, which must not take forever. */
    void settle() {
        run(MOST_TASKS);
        Violation.unless(isIdle(), "it never comes to rest");
    }

    private void step() {
        int index = pick();
        var lane = busy.get(index);
        var task = lane.tasks.remove();
        if (lane.tasks.isEmpty()) {
            var last = busy.removeLast();
            if (index < busy.size()) {
                busy.set(index, last);
            }
        }
        task.run();
    }

    private int pick() {
        int index = random.nextInt(busy.size());
        for (int picks = 1; busy.get(index).lazy && picks < MOST_PICKS; picks++) {
            index = random.nextInt(busy.size());
        }
        return index;
    }
}
