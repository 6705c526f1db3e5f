package dev.fanfare.check.judge;

import java.util.List;

/** What is to be said of a recording. */
public record Verdict(long seed, Counts counts, List<Violation> violations) {
    public Verdict {
        violations = List.copyOf(violations);
    }

    public boolean isGood() {
        return violations.isEmpty();
    }
}
