package dev.fanfare.check.judge;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Fault;
import dev.fanfare.check.history.Fault.Reach;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What was broken, and when nothing was. Times in microseconds. */
final class Faults {
    /** What keeps publications from nodes. */
    private static final Set<Reach> OF_NODES = EnumSet.of(Reach.NODE, Reach.REDIS, Reach.DATA);

    private static final Set<Reach> ANY = EnumSet.complementOf(EnumSet.of(Reach.NOTHING));
    private static final int IN_A_STORY = 4;

    /** Nothing is broken from one time to the other. */
    private record Calm(long from, long to) {}

    private final List<Span> spans;
    private final long end;

    /** By their ends. */
    private final TreeMap<Long, Calm> calms = new TreeMap<>();

    /**
     * @param spans in the order of their beginnings
     * @param end of the recording
     */
    Faults(List<Span> spans, long end) {
        this.spans = List.copyOf(spans);
        this.end = end;
        long from = 0;
        for (var span : spans) {
            if (span.reaches(ANY)) {
                addCalm(from, span.from());
                from = Math.max(from, span.to());
            }
        }
        addCalm(from, end);
    }

    private void addCalm(long from, long to) {
        if (to > from) {
            calms.put(to, new Calm(from, to));
        }
    }

    /** When, from a time on, nothing has been broken for so long; after everything: never. */
    long settled(long from, long duration) {
        for (var calm : calms.tailMap(from + duration).values()) {
            long start = Math.max(from, calm.from());
            if (calm.to() - start >= duration) {
                return start + duration;
            }
        }
        return Long.MAX_VALUE;
    }

    /** Whether nothing was broken between the times, as far as they are in the recording. */
    boolean isCalm(long from, long to) {
        long last = Math.min(to, end);
        var calm = calms.ceilingEntry(last);
        return calm != null && calm.getValue().from() <= Math.max(from, 0);
    }

    /** Whether a node may not have heard from Redis at some time between the times. */
    boolean keepFromHearing(String node, long from, long to) {
        return spans.stream()
                .anyMatch(
                        span ->
                                span.reaches(OF_NODES)
                                        && span.touches(node)
                                        && span.overlaps(from, to));
    }

    /** Whether data may have been lost between these places in the order. */
    boolean mayHaveLostData(long firstNumber, long lastNumber) {
        return dataFaults().stream().anyMatch(span -> span.isBetween(firstNumber, lastNumber));
    }

    /** When data may have been lost. */
    List<Span> dataFaults() {
        return spans.stream().filter(span -> span.kind().reach() == Reach.DATA).toList();
    }

    /** The last few faults that were there at some time between the times. */
    Stream<Entry> near(long from, long to) {
        var near = spans.stream().filter(span -> span.overlaps(from, to)).toList();
        return near.stream().skip(Math.max(0, near.size() - IN_A_STORY)).flatMap(Span::entries);
    }

    /** How often each kind of fault was there. */
    Map<Fault.Kind, Long> counts() {
        return spans.stream()
                .collect(groupingBy(Span::kind, () -> new EnumMap<>(Fault.Kind.class), counting()));
    }
}
