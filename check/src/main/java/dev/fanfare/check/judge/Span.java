package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Fault;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A fault from its beginning to its end.
 *
 * @param ended null: it lasts until the recording ends
 */
record Span(Seen<Fault.Began> began, @Nullable Entry ended) {
    Fault.Kind kind() {
        return began.fact().kind();
    }

    long from() {
        return began.time();
    }

    long to() {
        return ended == null ? Long.MAX_VALUE : ended.time();
    }

    /** Whether it was there at some time of these, in microseconds. */
    boolean overlaps(long start, long end) {
        return from() <= end && to() >= start;
    }

    /** Whether it was there at some place in the order between these. */
    boolean isBetween(long firstNumber, long lastNumber) {
        return began.number() < lastNumber && !isOverBefore(firstNumber);
    }

    /** Whether it was over when an entry was made. */
    boolean isOverBefore(long number) {
        return ended != null && ended.number() < number;
    }

    /** Whether it is done to the node, to its connections, or to what all nodes need. */
    boolean touches(String node) {
        return began.fact().target().equals(node) || kind().isOfRedis();
    }

    boolean reaches(Set<Fault.Reach> reaches) {
        return reaches.contains(kind().reach());
    }

    Stream<Entry> entries() {
        return Stream.concat(Stream.of(began.entry()), Stream.ofNullable(ended));
    }
}
