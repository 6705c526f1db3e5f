package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A channel without history. {@link Rule#NOTHING_TWICE}, {@link Rule#ORDER}, {@link
 * Rule#NOTHING_LOST} and {@link Rule#TRUE_NOTICES}, as far as they are promised there.
 */
final class Unkept {
    private final Evidence evidence;
    private final String channel;
    private final Map<String, Message> messages;
    private final List<Stretch> stretches;
    private final List<Violation> violations = new ArrayList<>();

    private Unkept(Evidence evidence, String channel) {
        this.evidence = evidence;
        this.channel = channel;
        messages = evidence.messages(channel);
        stretches = evidence.stretches(channel);
    }

    static List<Violation> check(Evidence evidence, String channel) {
        var unkept = new Unkept(evidence, channel);
        unkept.stretches.forEach(unkept::checkRepeats);
        unkept.stretches.forEach(unkept::checkLosses);
        unkept.stretches.forEach(unkept::checkGaps);
        unkept.checkOrder();
        return unkept.violations;
    }

    private void checkRepeats(Stretch stretch) {
        var first = new HashMap<String, Entry>();
        for (var heard : received(stretch)) {
            var name = heard.fact().message();
            var earlier = first.putIfAbsent(name, heard.entry());
            if (earlier != null && !mayBeTwice(messages.get(name), heard.number())) {
                report(
                        Rule.NOTHING_TWICE,
                        "%s heard %s on %s again".formatted(stretch.subscriber(), name, channel),
                        List.of(earlier, heard.entry()));
            }
        }
    }

    /** Redis forgot the key between two attempts. */
    private boolean mayBeTwice(@Nullable Message message, long until) {
        return message != null
                && message.wasTriedAgain()
                && evidence.faults().mayHaveLostData(message.firstSent().number(), until);
    }

    private void checkLosses(Stretch stretch) {
        var heard = new HashSet<String>();
        received(stretch).forEach(each -> heard.add(each.fact().message()));
        long from = Math.max(lastGap(stretch), stretch.began().number());
        var lost =
                messages.values().stream()
                        .filter(message -> message.firstSent().number() > from)
                        .filter(message -> !heard.contains(message.name()))
                        .filter(message -> hadToCome(stretch, message))
                        .toList();
        if (!lost.isEmpty()) {
            var story = new ArrayList<>(lost.getFirst().story());
            story.add(stretch.began().entry());
            report(
                    Rule.NOTHING_LOST,
                    "%s heard neither %s on %s nor of a gap"
                            .formatted(stretch.subscriber(), names(lost), channel),
                    story);
        }
    }

    private static String names(List<Message> lost) {
        var first = lost.getFirst().name();
        return lost.size() == 1 ? first : "%d messages, %s first".formatted(lost.size(), first);
    }

    private boolean hadToCome(Stretch stretch, Message message) {
        var acknowledged = message.firstAcknowledged();
        if (acknowledged == null) {
            return false;
        }
        long settled = evidence.settled(acknowledged.time());
        long from = message.firstSent().time() - evidence.deliveryPromise();
        boolean excused =
                !stretch.began().fact().tells()
                        && evidence.faults().any(Faults.OF_NODES, from, settled);
        return settled <= stretch.certainUntil() && !excused;
    }

    private static long lastGap(Stretch stretch) {
        return stretch.heard().stream()
                .filter(heard -> heard.fact() instanceof Subscription.GapTold)
                .mapToLong(Seen::number)
                .max()
                .orElse(0);
    }

    /** A gap is told because a node could not hear Redis a moment before. */
    private void checkGaps(Stretch stretch) {
        for (var heard : stretch.heard()) {
            if (heard.fact() instanceof Subscription.GapTold
                    && !evidence.faults()
                            .any(
                                    Faults.OF_NODES,
                                    heard.time() - evidence.deliveryPromise(),
                                    heard.time())) {
                report(
                        Rule.TRUE_NOTICES,
                        "%s was told of a gap on %s, and nothing was broken"
                                .formatted(stretch.subscriber(), channel),
                        List.of(stretch.began().entry(), heard.entry()));
            }
        }
    }

    /**
     * Two subscribers that hear the same two messages hear them in one order, which is also that of
     * publishers: what was sent after something else was acknowledged comes after it.
     */
    private void checkOrder() {
        var told = new HashSet<Set<String>>();
        var heard = new LinkedHashMap<Stretch, List<Seen<Subscription.Received>>>();
        stretches.forEach(stretch -> heard.put(stretch, placeable(stretch)));
        heard.values().forEach(each -> checkAgainstPublishers(each, told));
        var all = List.copyOf(heard.values());
        for (int one = 0; one < all.size(); one++) {
            for (int other = one + 1; other < all.size(); other++) {
                compare(all.get(one), all.get(other), told);
            }
        }
    }

    /** What stands at one place in the order: what was published once, when it first came. */
    private List<Seen<Subscription.Received>> placeable(Stretch stretch) {
        var seen = new HashSet<String>();
        return received(stretch).stream()
                .filter(heard -> seen.add(heard.fact().message()))
                .filter(heard -> isPublishedOnce(heard.fact().message()))
                .toList();
    }

    private boolean isPublishedOnce(String name) {
        var message = messages.get(name);
        return message != null && !mayBeTwice(message, Long.MAX_VALUE);
    }

    private void checkAgainstPublishers(
            List<Seen<Subscription.Received>> heard, Set<Set<String>> told) {
        Seen<Subscription.Received> latest = null;
        for (var each : heard) {
            var acknowledged = message(each).firstAcknowledged();
            if (latest != null
                    && acknowledged != null
                    && acknowledged.number() < message(latest).firstSent().number()
                    && told.add(Set.of(each.fact().message(), latest.fact().message()))) {
                report(
                        Rule.ORDER,
                        "%s heard %s on %s before %s, which had been acknowledged before it was sent"
                                .formatted(
                                        each.fact().connection(),
                                        latest.fact().message(),
                                        channel,
                                        each.fact().message()),
                        Stream.of(
                                        message(each).story().stream(),
                                        message(latest).story().stream(),
                                        Stream.of(latest.entry(), each.entry()))
                                .flatMap(entries -> entries)
                                .toList());
            }
            if (latest == null
                    || message(latest).firstSent().number() < message(each).firstSent().number()) {
                latest = each;
            }
        }
    }

    private void compare(
            List<Seen<Subscription.Received>> one,
            List<Seen<Subscription.Received>> other,
            Set<Set<String>> told) {
        var places = new HashMap<String, Integer>();
        for (int index = 0; index < other.size(); index++) {
            places.put(other.get(index).fact().message(), index);
        }
        Seen<Subscription.Received> last = null;
        int reached = -1;
        for (var heard : one) {
            var place = places.get(heard.fact().message());
            if (place == null) {
                continue;
            }
            if (last != null
                    && place < reached
                    && told.add(Set.of(heard.fact().message(), last.fact().message()))) {
                reportOrder(last, heard, other.get(place), other.get(reached));
            }
            if (place > reached) {
                reached = place;
                last = heard;
            }
        }
    }

    private void reportOrder(
            Seen<Subscription.Received> first,
            Seen<Subscription.Received> second,
            Seen<Subscription.Received> secondThere,
            Seen<Subscription.Received> firstThere) {
        report(
                Rule.ORDER,
                "%s heard %s on %s before %s, and %s heard them the other way round"
                        .formatted(
                                first.fact().connection(),
                                first.fact().message(),
                                channel,
                                second.fact().message(),
                                firstThere.fact().connection()),
                List.of(first.entry(), second.entry(), secondThere.entry(), firstThere.entry()));
    }

    private Message message(Seen<Subscription.Received> heard) {
        return evidence.message(channel, heard.fact().message());
    }

    private static List<Seen<Subscription.Received>> received(Stretch stretch) {
        var received = new ArrayList<Seen<Subscription.Received>>();
        for (var heard : stretch.heard()) {
            if (heard.fact() instanceof Subscription.Received publication) {
                received.add(new Seen<>(heard.entry(), publication));
            }
        }
        return received;
    }

    private void report(Rule rule, String what, List<Entry> entries) {
        violations.add(evidence.violation(rule, what, entries));
    }
}
