package dev.fanfare.check.history;

import java.util.List;

/** All that happened in a run, in order. */
public record Recording(Run run, List<Entry> entries) {
    public Recording {
        entries = List.copyOf(entries);
    }
}
