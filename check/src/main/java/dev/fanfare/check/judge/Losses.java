package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.judge.Places.Placed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@link Rule#NOTHING_LOST} for one subscriber of a channel with history. What is passed over is
 * lost, unless it comes later: then it is out of order.
 */
final class Losses {
    /** Longer ranges need not be told one by one. */
    private static final long REMEMBERED = 10_000;

    /**
     * A position that the subscriber did not hear.
     *
     * @param before where it stood
     * @param after what it heard instead; null: nothing
     */
    private record Missed(Position position, Entry before, @Nullable Entry after) {}

    private final Evidence evidence;
    private final Places places;
    private final Stretch stretch;
    private final Map<Position, Missed> missed = new HashMap<>();
    private final List<Violation> elsewhere = new ArrayList<>();

    Losses(Evidence evidence, Places places, Stretch stretch) {
        this.evidence = evidence;
        this.places = places;
        this.stretch = stretch;
    }

    /** It stood at one position, and the other was what it heard next. */
    void pass(Position from, Position to, Entry before, Entry after) {
        if (!isExcused(before.time(), after.time())) {
            long first = Math.max(from.offset() + 1, to.offset() - REMEMBERED);
            for (long offset = first; offset < to.offset(); offset++) {
                miss(new Position(to.epoch(), offset), before, after);
            }
        }
    }

    /** The first that it heard: what was sent after its beginning does not stand before that. */
    void passBeginning(Position to, Entry after) {
        var epoch = places.epoch(to.epoch());
        var began = stretch.began().entry();
        if (epoch == null || isExcused(began.time(), after.time())) {
            return;
        }
        for (var placed : epoch.placed().headMap(to.offset(), false).values()) {
            if (message(placed).firstSent().number() > began.number()) {
                miss(placed.position(), began, after);
            }
        }
    }

    private void miss(Position position, Entry before, @Nullable Entry after) {
        missed.put(position, new Missed(position, before, after));
    }

    /** It comes after all: what came before it instead; null: it was not missed. */
    @Nullable Entry findAgain(Position position) {
        var found = missed.remove(position);
        return found == null ? null : found.after();
    }

    /** What stands after its last position, and had the time to come. */
    void checkEnd(Position at, Entry last) {
        var epoch = places.epoch(at.epoch());
        if (epoch == null) {
            return;
        }
        for (var placed : epoch.placed().tailMap(at.offset(), false).values()) {
            if (hadToCome(placed.evidence().time()) && !isExcused(last.time(), stretch.endTime())) {
                miss(placed.position(), last, null);
            }
        }
    }

    /**
     * What was sent and acknowledged while it listened, and stands in another epoch or nobody knows
     * where: it heard it, or of a gap after it was sent.
     */
    void checkElsewhere(
            @Nullable Position at, Entry last, @Nullable Entry gap, Set<String> received) {
        long from = gap == null ? stretch.began().number() : gap.number();
        evidence.messages(stretch.channel(), from, stretch.certainUntil())
                .filter(message -> !received.contains(message.name()))
                .filter(message -> at == null || !isIn(message, at.epoch()))
                .filter(this::hadToBeHeardOf)
                .findFirst()
                .ifPresent(message -> reportElsewhere(message, last));
    }

    private boolean hadToBeHeardOf(Message message) {
        var acknowledged = message.firstAcknowledged();
        return acknowledged != null
                && hadToCome(acknowledged.time())
                && !isExcused(message.firstSent().time(), stretch.endTime());
    }

    private void reportElsewhere(Message message, Entry last) {
        elsewhere.add(
                evidence.violation(
                        Rule.NOTHING_LOST,
                        "%s heard neither %s on %s nor of a gap"
                                .formatted(stretch.subscriber(), message.name(), stretch.channel()),
                        story(last, message.story(), stretch.ended())));
    }

    private boolean isIn(Message message, String epoch) {
        return places.of(message.name(), epoch) != null || message.wasToldEpoch(epoch);
    }

    private boolean hadToCome(long time) {
        if (time > stretch.certainUntil()) {
            return false;
        }
        return evidence.settled(Math.max(time, stretch.began().time())) <= stretch.certainUntil();
    }

    /** Who is not promised a word misses what is published while something is broken. */
    private boolean isExcused(long from, long to) {
        return !stretch.began().fact().tells()
                && evidence.faults()
                        .keepFromHearing(stretch.node(), from - evidence.deliveryPromise(), to);
    }

    /** One for each run of positions. */
    List<Violation> violations() {
        var violations = new ArrayList<>(elsewhere);
        var run = new ArrayList<Missed>();
        missed.values().stream().sorted(byPosition()).forEach(each -> add(each, run, violations));
        report(run, violations);
        return violations;
    }

    private void add(Missed next, List<Missed> run, List<Violation> violations) {
        if (!run.isEmpty() && !follows(run.getLast().position(), next.position())) {
            report(run, violations);
        }
        run.add(next);
    }

    private static boolean follows(Position one, Position other) {
        return one.sameEpoch(other) && one.offset() + 1 == other.offset();
    }

    private static Comparator<Missed> byPosition() {
        return Comparator.<Missed, String>comparing(each -> each.position().epoch())
                .thenComparingLong(each -> each.position().offset());
    }

    private void report(List<Missed> run, List<Violation> violations) {
        if (run.isEmpty()) {
            return;
        }
        var first = run.getFirst();
        var placed = places.at(first.position());
        var after = first.after() == null ? stretch.ended() : first.after();
        violations.add(
                evidence.violation(
                        Rule.NOTHING_LOST,
                        "%s did not hear %s on %s"
                                .formatted(
                                        stretch.subscriber(), name(run, placed), stretch.channel()),
                        story(first.before(), placed == null ? List.of() : story(placed), after)));
        run.clear();
    }

    private static String name(List<Missed> run, @Nullable Placed placed) {
        var first = run.getFirst().position();
        if (run.size() > 1) {
            return "%d messages, %s to %s".formatted(run.size(), first, run.getLast().position());
        }
        return placed == null
                ? "what stands at " + first
                : "%s (%s)".formatted(placed.message(), first);
    }

    private List<Entry> story(Placed placed) {
        return Stream.concat(message(placed).story().stream(), Stream.of(placed.evidence()))
                .toList();
    }

    private List<Entry> story(Entry before, List<Entry> message, @Nullable Entry after) {
        return Stream.of(
                        Stream.of(stretch.began().entry(), before),
                        message.stream(),
                        Stream.ofNullable(after))
                .flatMap(entries -> entries)
                .toList();
    }

    private Message message(Placed placed) {
        return evidence.message(stretch.channel(), placed.message());
    }
}
