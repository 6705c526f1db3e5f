package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Run.ChannelRules;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Rule#TRUE_NOTICES} for one subscriber of a channel with history. */
final class Notices {
    private static final long MICROS_PER_MILLI = 1_000;

    private final Evidence evidence;
    private final ChannelRules rules;
    private final Places places;
    private final Stretch stretch;
    private final List<Violation> violations = new ArrayList<>();

    Notices(Evidence evidence, ChannelRules rules, Places places, Stretch stretch) {
        this.evidence = evidence;
        this.rules = rules;
        this.places = places;
        this.stretch = stretch;
    }

    List<Violation> violations() {
        return violations;
    }

    /** It was told that it has all from where it left off: then the stream still is what it was. */
    void checkRecovery(@Nullable Position since, @Nullable Position position) {
        if (since != null
                && position != null
                && (!since.sameEpoch(position) || since.offset() > position.offset())) {
            report(
                    "%s was told that %s goes on from %s, and the stream is at %s"
                            .formatted(stretch.subscriber(), stretch.channel(), since, position),
                    List.of(stretch.began().entry()));
        }
    }

    /**
     * It was told of a gap.
     *
     * @param from where it stood; null: nobody knows
     * @param last the entry that says so
     */
    void checkGap(@Nullable Position from, @Nullable Position to, Entry last, Entry told) {
        if (from != null) {
            checkLoss(from, to, last, told);
            return;
        }
        boolean mayBeTrue =
                to == null
                        || to.offset() > rules.historySize()
                        || evidence.faults()
                                .keepFromHearing(
                                        stretch.node(),
                                        stretch.began().time() - evidence.deliveryPromise(),
                                        told.time());
        if (!mayBeTrue) {
            report(
                    "%s was told of a gap on %s, and nothing was lost"
                            .formatted(stretch.subscriber(), stretch.channel()),
                    List.of(last, told));
        }
    }

    /**
     * It was told that something between the two is lost: so it is when the epoch has changed, when
     * there is more than history keeps, or when the oldest of it may be too old.
     */
    void checkLoss(@Nullable Position from, @Nullable Position to, Entry last, Entry told) {
        if (from == null || to == null || !from.sameEpoch(to)) {
            return;
        }
        long lost = to.offset() - from.offset();
        if (lost < 0) {
            report(
                    "%s had been at %s on %s, and was told that the stream is at %s"
                            .formatted(stretch.subscriber(), from, stretch.channel(), to),
                    List.of(last, told));
        } else if (lost <= rules.historySize() && !mayBeTooOld(from, told)) {
            report(
                    "%s was told that %d messages of %s are lost (%s to %s), and they were kept"
                            .formatted(stretch.subscriber(), lost, stretch.channel(), from, to),
                    List.of(last, told));
        }
    }

    private boolean mayBeTooOld(Position from, Entry told) {
        var epoch = places.epoch(from.epoch());
        var oldest = epoch == null ? null : epoch.placed().higherEntry(from.offset());
        if (oldest == null) {
            return false;
        }
        var sent = evidence.message(stretch.channel(), oldest.getValue().message()).firstSent();
        return told.time() - sent.time() > rules.historyAge() * MICROS_PER_MILLI;
    }

    /** It heard something of another epoch, and nobody had told it that the old one is over. */
    void checkEpochChange(Position from, Position to, Entry last, Entry heard) {
        if (stretch.began().fact().tells()) {
            report(
                    "%s went from %s to %s on %s and was not told of a gap"
                            .formatted(stretch.subscriber(), from, to, stretch.channel()),
                    List.of(last, heard));
        }
    }

    private void report(String what, List<Entry> entries) {
        violations.add(evidence.violation(Rule.TRUE_NOTICES, what, entries));
    }
}
