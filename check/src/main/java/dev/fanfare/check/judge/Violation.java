package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import java.util.List;

/**
 * A promise that was not kept.
 *
 * @param what in one sentence
 * @param story the few entries that show it, in order, and the faults near them
 */
public record Violation(Rule rule, String what, List<Entry> story) {
    public Violation {
        story = List.copyOf(story);
    }
}
