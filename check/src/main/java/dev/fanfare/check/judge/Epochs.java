package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.judge.Places.Epoch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * {@link Rule#EPOCHS}. Epochs follow one another, but a recording does not always show in which
 * order: the last word of one may arrive when the next has begun. So two orders are tried, by the
 * first and by the last that is known of them, and the better one counts.
 */
final class Epochs {
    private final Evidence evidence;
    private final String channel;
    private final List<Violation> violations = new ArrayList<>();

    private Epochs(Evidence evidence, String channel) {
        this.evidence = evidence;
        this.channel = channel;
    }

    static List<Violation> check(Evidence evidence, String channel, Places places) {
        var byFirst = new Epochs(evidence, channel);
        byFirst.check(places.epochs(), Epoch::first);
        var byLast = new Epochs(evidence, channel);
        byLast.check(places.epochs(), byLast::lastSent);
        return byFirst.violations.size() <= byLast.violations.size()
                ? byFirst.violations
                : byLast.violations;
    }

    private void check(List<Epoch> unordered, Function<Epoch, Entry> known) {
        var epochs =
                unordered.stream()
                        .sorted(Comparator.comparingLong(epoch -> known.apply(epoch).number()))
                        .toList();
        for (int index = 1; index < epochs.size(); index++) {
            checkCause(epochs.get(index - 1), epochs.get(index), index);
            checkIsOver(epochs.get(index - 1), epochs.get(index));
        }
    }

    /**
     * @param changes of epochs, this one included
     */
    private void checkCause(Epoch before, Epoch after, int changes) {
        var last = lastSent(before);
        long until = after.first().number();
        if (!evidence.faults().mayHaveLostData(last.number(), until)
                || evidence.faults().dataFaultsBefore(until) < changes) {
            report(
                    "%s went from epoch %s to %s, and Redis had lost nothing"
                            .formatted(channel, before.name(), after.name()),
                    List.of(last, after.first()));
        }
    }

    private void checkIsOver(Epoch before, Epoch after) {
        for (var placed : before.placed().values()) {
            var sent = evidence.message(channel, placed.message()).firstSent().entry();
            if (sent.number() > after.first().number()) {
                report(
                        "%s was sent when epoch %s of %s had begun, and got %s"
                                .formatted(
                                        placed.message(), after.name(), channel, placed.position()),
                        List.of(after.first(), sent, placed.evidence()));
                return;
            }
        }
    }

    /** The latest request whose message got a place in the epoch: then it still was. */
    private Entry lastSent(Epoch epoch) {
        return epoch.placed().values().stream()
                .map(placed -> evidence.message(channel, placed.message()).firstSent().entry())
                .max(Comparator.comparingLong(Entry::number))
                .orElse(epoch.first());
    }

    private void report(String what, List<Entry> entries) {
        violations.add(evidence.violation(Rule.EPOCHS, what, entries));
    }
}
