package dev.fanfare.core.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened in a history, step by step. Written only when somebody will read it. */
final class Story {
    private static final int MOST_STEPS = 120;

    private final Scheduler clock;
    private final boolean wanted;
    private final long start;
    private final List<String> steps = new ArrayList<>();

    Story(Scheduler clock, boolean wanted) {
        this.clock = clock;
        this.wanted = wanted;
        start = clock.millis();
    }

    void tell(Supplier<String> step) {
        if (wanted) {
            steps.add("%10.3f s  %s".formatted((clock.millis() - start) / 1000.0, step.get()));
        }
    }

    /** The end of it: what went before has rarely to do with a failure. */
    @Override
    public String toString() {
        int from = Math.max(0, steps.size() - MOST_STEPS);
        return (from == 0 ? "" : "      …\n")
                + String.join("\n", steps.subList(from, steps.size()));
    }
}
