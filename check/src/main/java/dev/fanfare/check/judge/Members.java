package dev.fanfare.check.judge;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * {@link Rule#PRESENCE}: what a node answers when nothing has been broken for as long as presence
 * may take. Then all who are subscribed from before the question until after the answer are
 * members, and no others but those who came or went a moment ago.
 */
final class Members {
    private final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();

    private Members(Evidence evidence) {
        this.evidence = evidence;
    }

    static List<Violation> check(Evidence evidence) {
        var members = new Members(evidence);
        evidence.reads().stream().filter(read -> isJudged(evidence, read)).forEach(members::check);
        return members.violations;
    }

    /** Whether an answer was given in a calm that was long enough. */
    static boolean isJudged(Evidence evidence, Seen<Presence.Read> read) {
        long calmFrom = read.fact().asked() - evidence.presencePromise();
        return calmFrom >= 0 && evidence.faults().isCalm(calmFrom, read.time());
    }

    private void check(Seen<Presence.Read> read) {
        var stretches = evidence.stretches(read.fact().channel());
        var must = stretches.stream().filter(stretch -> mustBeThere(stretch, read)).toList();
        var may = stretches.stream().filter(stretch -> mayBeThere(stretch, read)).toList();
        var there =
                read.fact().members().stream()
                        .collect(groupingBy(Presence.Member::user, counting()));
        var users = new TreeSet<>(there.keySet());
        must.forEach(stretch -> users.add(stretch.link().user()));
        for (var user : users) {
            long count = there.getOrDefault(user, 0L);
            if (count < of(user, must).count()) {
                report(read, user, "is not", of(user, must).toList());
            } else if (count > of(user, may).count()) {
                report(read, user, "is", of(user, stretches).toList());
            }
        }
        must.forEach(stretch -> checkId(read, stretch));
    }

    private static boolean mustBeThere(Stretch stretch, Seen<Presence.Read> read) {
        return stretch.began().time() < read.fact().asked() && stretch.certainUntil() > read.time();
    }

    private boolean mayBeThere(Stretch stretch, Seen<Presence.Read> read) {
        long moment = evidence.deliveryPromise();
        return stretch.began().time() < read.time() + moment
                && stretch.endTime() > read.fact().asked() - moment;
    }

    private static Stream<Stretch> of(String user, List<Stretch> stretches) {
        return stretches.stream().filter(stretch -> stretch.link().user().equals(user));
    }

    /** The user is there often enough; this connection has to be among them. */
    private void checkId(Seen<Presence.Read> read, Stretch stretch) {
        var id = stretch.link().opened().fact().id();
        var user = stretch.link().user();
        boolean counted = read.fact().members().stream().anyMatch(each -> each.user().equals(user));
        if (id != null
                && counted
                && read.fact().members().stream().noneMatch(each -> each.client().equals(id))) {
            report(read, user + " as " + id, "is not", List.of(stretch));
        }
    }

    private void report(
            Seen<Presence.Read> read, String who, String isThere, List<Stretch> stretches) {
        var story = new ArrayList<Entry>();
        story.add(read.entry());
        for (var stretch : stretches) {
            story.add(stretch.began().entry());
            Stream.ofNullable(stretch.ended()).forEach(story::add);
        }
        var fact = read.fact();
        violations.add(
                evidence.violation(
                        Rule.PRESENCE,
                        "%s %s a member of %s on %s, and should%s be"
                                .formatted(
                                        who,
                                        isThere,
                                        fact.channel(),
                                        fact.node(),
                                        isThere.equals("is") ? " not" : ""),
                        story));
    }
}
