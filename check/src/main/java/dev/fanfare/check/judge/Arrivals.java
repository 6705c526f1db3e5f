package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Run.ChannelRules;
import dev.fanfare.check.history.Subscription;
import dev.fanfare.check.judge.Places.Placed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber of a channel with history, walked along from the beginning of its subscription: it
 * stands somewhere, and each publication has to be the next one. {@link Rule#NOTHING_LOST}, {@link
 * Rule#NOTHING_TWICE}, {@link Rule#ORDER}, {@link Rule#TRUE_NOTICES}.
 */
final class Arrivals {
    private final Evidence evidence;
    private final Places places;
    private final Stretch stretch;
    private final Notices notices;
    private final Losses losses;
    private final List<Violation> violations = new ArrayList<>();
    private final Set<String> received = new HashSet<>();

    /** Where it stands; null: nobody knows yet. */
    private @Nullable Position at;

    /** The entry that says where it stands. */
    private Entry last;

    private @Nullable Entry lastGap;

    /** It need not be said of each message. */
    private boolean hearsWhatIsLost;

    private Arrivals(Evidence evidence, ChannelRules rules, Places places, Stretch stretch) {
        this.evidence = evidence;
        this.places = places;
        this.stretch = stretch;
        notices = new Notices(evidence, rules, places, stretch);
        losses = new Losses(evidence, places, stretch);
        last = stretch.began().entry();
    }

    static List<Violation> check(
            Evidence evidence, ChannelRules rules, Places places, Stretch stretch) {
        var arrivals = new Arrivals(evidence, rules, places, stretch);
        arrivals.begin();
        arrivals.stretch.heard().forEach(arrivals::hear);
        arrivals.end();
        arrivals.violations.addAll(arrivals.notices.violations());
        arrivals.violations.addAll(arrivals.losses.violations());
        return arrivals.violations;
    }

    private void begin() {
        var began = stretch.began().fact();
        var since = began.since();
        var position = began.position();
        switch (began.recovery()) {
            case NOT_ASKED -> at = position;
            case UNTOLD -> at = since;
            case LOST -> {
                notices.checkLoss(since, position, last, last);
                at = position;
            }
            case RECOVERED -> {
                notices.checkRecovery(since, position);
                at = since;
            }
        }
    }

    private void hear(Seen<Subscription> heard) {
        switch (heard.fact()) {
            case Subscription.Received publication -> receive(heard.entry(), publication);
            case Subscription.GapTold(_, _, var position) -> {
                notices.checkGap(at, position, last, heard.entry());
                at = position;
                last = heard.entry();
                lastGap = last;
            }
            case Subscription.Began _, Subscription.Ended _ -> {}
        }
    }

    private void receive(Entry entry, Subscription.Received publication) {
        boolean again = !received.add(publication.message());
        var position = locate(publication);
        if (position == null) {
            receiveUnplaced(entry, publication, again);
            return;
        }
        var from = at;
        if (from != null && from.sameEpoch(position) && position.offset() <= from.offset()) {
            receiveLate(entry, publication, position, again);
            return;
        }
        if (from == null) {
            losses.passBeginning(position, entry);
        } else if (from.sameEpoch(position)) {
            losses.pass(from, position, last, entry);
        } else {
            notices.checkEpochChange(from, position, last, entry);
        }
        at = position;
        last = entry;
    }

    /** Where it stands, as the subscriber is told or, if it is not, as others are. */
    private @Nullable Position locate(Subscription.Received publication) {
        if (publication.position() != null) {
            return publication.position();
        }
        var here = at;
        var placed = here == null ? null : places.of(publication.message(), here.epoch());
        return placed != null
                ? placed.position()
                : places.of(publication.message())
                        .map(Placed::position)
                        .reduce((_, latest) -> latest)
                        .orElse(null);
    }

    /** What nobody was told the place of is next, unless something else is. */
    private void receiveUnplaced(Entry entry, Subscription.Received publication, boolean again) {
        if (again) {
            reportTwice(entry, publication);
            return;
        }
        var here = at;
        if (here != null) {
            var next = new Position(here.epoch(), here.offset() + 1);
            if (places.at(next) == null) {
                at = next;
                last = entry;
            }
        }
    }

    private void receiveLate(
            Entry entry, Subscription.Received publication, Position position, boolean again) {
        var passedBy = losses.findAgain(position);
        if (passedBy != null) {
            report(
                    Rule.ORDER,
                    "%s heard %s (%s) on %s when it had heard what comes after it"
                            .formatted(
                                    stretch.subscriber(),
                                    publication.message(),
                                    position,
                                    stretch.channel()),
                    List.of(passedBy, entry));
        } else if (again || isBeforeBeginning(position)) {
            reportTwice(entry, publication);
        } else if (!hearsWhatIsLost) {
            hearsWhatIsLost = true;
            report(
                    Rule.TRUE_NOTICES,
                    "%s heard %s (%s) on %s, which it had been told is lost"
                            .formatted(
                                    stretch.subscriber(),
                                    publication.message(),
                                    position,
                                    stretch.channel()),
                    List.of(lastGap == null ? stretch.began().entry() : lastGap, entry));
        }
    }

    private boolean isBeforeBeginning(Position position) {
        var began = stretch.began().fact();
        var start = began.since() == null ? began.position() : began.since();
        return start != null && start.sameEpoch(position) && position.offset() <= start.offset();
    }

    private void reportTwice(Entry entry, Subscription.Received publication) {
        report(
                Rule.NOTHING_TWICE,
                "%s heard %s on %s again"
                        .formatted(stretch.subscriber(), publication.message(), stretch.channel()),
                List.of(earlier(entry, publication.message()), entry));
    }

    /** Where it heard it before, or said that it had. */
    private Entry earlier(Entry entry, String message) {
        return stretch.heard().stream()
                .filter(heard -> heard.number() < entry.number())
                .filter(
                        heard ->
                                heard.fact() instanceof Subscription.Received before
                                        && before.message().equals(message))
                .map(Seen::entry)
                .findFirst()
                .orElse(stretch.began().entry());
    }

    /** What it should have heard when the subscription ended. */
    private void end() {
        var here = at;
        if (here != null) {
            losses.checkEnd(here, last);
        }
        losses.checkElsewhere(here, last, lastGap, received);
    }

    private void report(Rule rule, String what, List<Entry> entries) {
        violations.add(evidence.violation(rule, what, entries));
    }
}
