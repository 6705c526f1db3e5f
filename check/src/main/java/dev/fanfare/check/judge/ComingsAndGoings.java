package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Presence;
import dev.fanfare.check.history.Presence.Member;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@link Rule#JOINS_AND_LEAVES}: who listens to members hears each change once. What was broken a
 * moment before excuses everything: a join or a leave is kept nowhere, and members of a node that
 * is away go and come back.
 */
final class ComingsAndGoings {
    private final Evidence evidence;
    private final Stretch listener;
    private final List<Violation> violations = new ArrayList<>();

    private ComingsAndGoings(Evidence evidence, Stretch listener) {
        this.evidence = evidence;
        this.listener = listener;
    }

    static List<Violation> check(Evidence evidence) {
        return evidence.stretches()
                .filter(stretch -> stretch.began().fact().hearsMembers())
                .map(stretch -> new ComingsAndGoings(evidence, stretch))
                .flatMap(each -> each.check().stream())
                .toList();
    }

    private List<Violation> check() {
        checkRepeats();
        listener.members().stream().filter(heard -> !isJoin(heard)).forEach(this::checkIsTrue);
        for (var stretch : evidence.stretches(listener.channel())) {
            if (stretch.link() != listener.link()) {
                checkJoin(stretch);
                checkLeave(stretch);
            }
        }
        return violations;
    }

    /** A client comes once and goes once. */
    private void checkRepeats() {
        var latest = new HashMap<Member, Seen<Presence>>();
        for (var heard : listener.members()) {
            var before = latest.put(member(heard), heard);
            if (before != null
                    && isJoin(before) == isJoin(heard)
                    && evidence.faults()
                            .isCalm(before.time() - evidence.deliveryPromise(), heard.time())) {
                report(
                        "%s heard twice that %s %s %s"
                                .formatted(
                                        listener.subscriber(),
                                        member(heard).user(),
                                        isJoin(heard) ? "came to" : "left",
                                        listener.channel()),
                        Stream.of(before.entry(), heard.entry()));
            }
        }
    }

    /** Whoever left is not there. */
    private void checkIsTrue(Seen<Presence> left) {
        if (!isUndisturbed(left.time(), left.time())) {
            return;
        }
        long moment = evidence.deliveryPromise();
        for (var stretch : evidence.stretches(listener.channel())) {
            if (member(left).client().equals(stretch.link().opened().fact().id())
                    && stretch.began().time() < left.time() - moment
                    && stretch.certainUntil() > left.time() + moment) {
                report(
                        "%s heard that %s left %s, and it did not"
                                .formatted(
                                        listener.subscriber(),
                                        member(left).user(),
                                        listener.channel()),
                        Stream.of(stretch.began().entry(), left.entry()));
            }
        }
    }

    private void checkJoin(Stretch stretch) {
        long time = stretch.began().time();
        if (isWitness(time) && noneHeard(stretch, time, true)) {
            report(
                    "%s did not hear that %s came to %s"
                            .formatted(
                                    listener.subscriber(),
                                    stretch.link().user(),
                                    listener.channel()),
                    Stream.of(listener.began().entry(), stretch.began().entry()));
        }
    }

    private void checkLeave(Stretch stretch) {
        var ended = stretch.ended();
        if (ended != null
                && stretch.certainUntil() == ended.time()
                && isWitness(ended.time())
                && noneHeard(stretch, ended.time(), false)) {
            report(
                    "%s did not hear that %s left %s"
                            .formatted(
                                    listener.subscriber(),
                                    stretch.link().user(),
                                    listener.channel()),
                    Stream.of(listener.began().entry(), stretch.began().entry(), ended));
        }
    }

    /** Whether the listener was there well before and well after, and nothing was broken. */
    private boolean isWitness(long time) {
        long moment = evidence.deliveryPromise();
        return listener.began().time() < time - moment
                && listener.certainUntil() > time + moment
                && isUndisturbed(time, time + moment);
    }

    /** Nothing was broken, nor had been shortly before. */
    private boolean isUndisturbed(long from, long to) {
        return evidence.faults().isCalm(from - evidence.presencePromise(), to);
    }

    private boolean noneHeard(Stretch stretch, long time, boolean join) {
        long moment = evidence.deliveryPromise();
        var id = stretch.link().opened().fact().id();
        return listener.members().stream()
                .filter(heard -> isJoin(heard) == join)
                .filter(heard -> Math.abs(heard.time() - time) <= moment)
                .map(ComingsAndGoings::member)
                .noneMatch(
                        member ->
                                member.user().equals(stretch.link().user())
                                        && (id == null || id.equals(member.client())));
    }

    private static boolean isJoin(Seen<Presence> heard) {
        return heard.fact() instanceof Presence.Joined;
    }

    private static Member member(Seen<Presence> heard) {
        return switch (heard.fact()) {
            case Presence.Joined(_, _, var member) -> member;
            case Presence.Left(_, _, var member) -> member;
            case Presence.Read read -> throw new IllegalArgumentException("heard: " + read);
        };
    }

    private void report(String what, Stream<Entry> entries) {
        violations.add(evidence.violation(Rule.JOINS_AND_LEAVES, what, entries.toList()));
    }
}
