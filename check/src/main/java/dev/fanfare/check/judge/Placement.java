package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.judge.Places.Conflict;
import dev.fanfare.check.judge.Places.Epoch;
import dev.fanfare.check.judge.Places.Placed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** {@link Rule#PLACES}, and the publishers' part of {@link Rule#ORDER}. */
final class Placement {
    /** So long a key makes repeats one publication. */
    private static final long KEY_WINDOW = Duration.ofMinutes(5).toNanos() / 1_000;

    private final Evidence evidence;
    private final String channel;
    private final Places places;
    private final List<Violation> violations = new ArrayList<>();

    private Placement(Evidence evidence, String channel, Places places) {
        this.evidence = evidence;
        this.channel = channel;
        this.places = places;
    }

    static List<Violation> check(Evidence evidence, String channel, Places places) {
        var placement = new Placement(evidence, channel, places);
        placement.checkConflicts();
        placement.checkHoles();
        placement.checkOrder();
        return placement.violations;
    }

    private void checkConflicts() {
        record Claim(String message, Position position) {}
        var told = new HashSet<Claim>();
        for (var conflict : places.conflicts()) {
            if (!isRepeatable(conflict)
                    && told.add(new Claim(conflict.message(), conflict.position()))) {
                report(
                        Rule.PLACES,
                        "%s is at %s on %s, and %s is at %s"
                                .formatted(
                                        conflict.placed().message(),
                                        conflict.placed().position(),
                                        channel,
                                        conflict.message(),
                                        conflict.position()),
                        List.of(conflict.placed().evidence(), conflict.other()));
            }
        }
    }

    /** The same message at two places, so long after one another that its key was forgotten. */
    private boolean isRepeatable(Conflict conflict) {
        return conflict.message().equals(conflict.placed().message())
                && message(conflict.placed()).wasTriedAgain()
                && conflict.other().time() - conflict.placed().evidence().time() > KEY_WINDOW;
    }

    private Message message(Placed placed) {
        return evidence.message(channel, placed.message());
    }

    /** Where nobody knows what stands, a message must stand whose fate nobody knows. */
    private void checkHoles() {
        long uncertain =
                evidence.messages(channel).values().stream()
                        .filter(Message::isUncertain)
                        .filter(message -> places.of(message.name()).findAny().isEmpty())
                        .count();
        var disputed = places.conflicts().stream().map(Conflict::position).toList();
        var holes =
                places.epochs().stream()
                        .flatMap(Placement::holes)
                        .filter(hole -> !disputed.contains(hole))
                        .toList();
        if (holes.size() <= uncertain) {
            return;
        }
        var hole = holes.getLast();
        report(
                Rule.PLACES,
                "%d positions of %s were skipped, %s the last of them; only %d messages may be there"
                        .formatted(holes.size(), channel, hole, uncertain),
                neighbours(hole).map(Placed::evidence).toList());
    }

    private static Stream<Position> holes(Epoch epoch) {
        var holes = new ArrayList<Position>();
        long expected = 1;
        for (long offset : epoch.placed().keySet()) {
            for (; expected < offset; expected++) {
                holes.add(new Position(epoch.name(), expected));
            }
            expected = offset + 1;
        }
        return holes.stream();
    }

    private Stream<Placed> neighbours(Position hole) {
        var epoch = places.epoch(hole.epoch());
        if (epoch == null) {
            return Stream.of();
        }
        var before = epoch.placed().lowerEntry(hole.offset());
        var after = epoch.placed().higherEntry(hole.offset());
        return Stream.of(before, after).filter(each -> each != null).map(each -> each.getValue());
    }

    /** What was sent after something else was acknowledged stands after it. */
    private void checkOrder() {
        for (var epoch : places.epochs()) {
            var reached = new TreeMap<Long, Placed>();
            for (var placed : epoch.placed().values()) {
                message(placed)
                        .acknowledgedAt(placed.position())
                        .ifPresent(answer -> reached.put(answer.number(), placed));
            }
            keepHighest(reached);
            epoch.placed().values().forEach(placed -> checkOrder(placed, reached));
        }
    }

    /** From what was acknowledged at a number to the highest that had been until then. */
    private static void keepHighest(NavigableMap<Long, Placed> reached) {
        Placed highest = null;
        for (var each : reached.entrySet()) {
            var placed = each.getValue();
            if (highest == null || placed.position().offset() > highest.position().offset()) {
                highest = placed;
            }
            each.setValue(highest);
        }
    }

    private void checkOrder(Placed placed, NavigableMap<Long, Placed> reached) {
        var message = message(placed);
        var before = reached.lowerEntry(message.firstSent().number());
        if (before != null && before.getValue().position().offset() > placed.position().offset()) {
            var earlier = message(before.getValue());
            report(
                    Rule.ORDER,
                    "%s was sent after %s was acknowledged, and stands before it on %s"
                            .formatted(message.name(), earlier.name(), channel),
                    Stream.concat(earlier.story().stream(), message.story().stream()).toList());
        }
    }

    private void report(Rule rule, String what, List<Entry> entries) {
        violations.add(evidence.violation(rule, what, entries));
    }
}
