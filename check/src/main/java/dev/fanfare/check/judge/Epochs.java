package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.judge.Places.Epoch;
import dev.fanfare.check.judge.Places.Witness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@link Rule#EPOCHS}. The times when Redis lost data part a run into ages. An epoch was there in
 * one age, or in several in a row; no age has two epochs of a channel. A recording does not show in
 * which age an epoch was, only that it was there at some time between two entries (a message was
 * sent, and was told to stand in it): so the rule is kept if the epochs can be spread over the
 * ages.
 */
final class Epochs {
    /** The ages from the first to the last in which an epoch may have been, or must have been. */
    private record Stay(Epoch epoch, int first, int last) {}

    private final Evidence evidence;
    private final String channel;
    private final List<Span> losses;
    private final TreeMap<Integer, Epoch> taken = new TreeMap<>();
    private final List<Violation> violations = new ArrayList<>();

    private Epochs(Evidence evidence, String channel) {
        this.evidence = evidence;
        this.channel = channel;
        losses = evidence.faults().dataFaults();
    }

    static List<Violation> check(Evidence evidence, String channel, Places places) {
        var epochs = new Epochs(evidence, channel);
        epochs.check(places.epochs());
        return epochs.violations;
    }

    private void check(List<Epoch> epochs) {
        var somewhere = new ArrayList<Stay>();
        for (var epoch : epochs) {
            int earliest = epoch.witnesses().mapToInt(this::earliest).max().orElse(0);
            int latest = epoch.witnesses().mapToInt(this::latest).min().orElse(losses.size());
            if (earliest <= latest) {
                somewhere.add(new Stay(epoch, earliest, latest));
            } else {
                // it was there in the one and in the other, and so in all between
                takeAll(new Stay(epoch, latest, earliest));
            }
        }
        somewhere.stream().sorted(Comparator.comparingInt(Stay::last)).forEach(this::takeOne);
    }

    /** The age of the witness may begin as soon as the loss before it does. */
    private int latest(Witness witness) {
        return Math.toIntExact(
                losses.stream()
                        .filter(loss -> loss.began().number() <= witness.heard().number())
                        .count());
    }

    /** It ends at the latest when the loss after it is over. */
    private int earliest(Witness witness) {
        return Math.toIntExact(
                losses.stream().filter(loss -> loss.isOverBefore(witness.sinceNumber())).count());
    }

    private void takeAll(Stay stay) {
        for (int age = stay.first(); age <= stay.last(); age++) {
            var other = taken.putIfAbsent(age, stay.epoch());
            if (other != null) {
                report(stay.epoch(), other);
                return;
            }
        }
    }

    private void takeOne(Stay stay) {
        var free =
                IntStream.rangeClosed(stay.first(), stay.last())
                        .filter(age -> !taken.containsKey(age))
                        .findFirst();
        if (free.isPresent()) {
            taken.put(free.getAsInt(), stay.epoch());
        } else {
            report(stay.epoch(), taken.get(stay.last()));
        }
    }

    private void report(Epoch epoch, @Nullable Epoch other) {
        var witnesses = Stream.concat(limits(epoch), other == null ? Stream.of() : limits(other));
        violations.add(
                evidence.violation(
                        Rule.EPOCHS,
                        "%s had the epochs %s and %s, and Redis lost nothing in between"
                                .formatted(
                                        channel,
                                        epoch.name(),
                                        other == null ? "another" : other.name()),
                        witnesses.toList()));
    }

    /** What was heard of it first, and what was sent last. */
    private static Stream<Entry> limits(Epoch epoch) {
        var first = epoch.witnesses().min(Comparator.comparingLong(each -> each.heard().number()));
        var last = epoch.witnesses().max(Comparator.comparingLong(Witness::sinceNumber));
        return Stream.concat(first.stream(), last.stream()).flatMap(Witness::entries);
    }
}
