package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Subscription.Received;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@link Rule#ORDER} on a channel without history: there is an order of messages in which every
 * subscriber heard them, and it is that of publishers: what was sent after something else was
 * acknowledged comes after it.
 */
final class UnkeptOrder {
    private final Evidence evidence;
    private final String channel;
    private final List<List<Seen<Received>>> all;

    /** Pairs that have been told of. */
    private final Set<Set<String>> told = new HashSet<>();

    private final List<Violation> violations = new ArrayList<>();

    private UnkeptOrder(Evidence evidence, String channel) {
        this.evidence = evidence;
        this.channel = channel;
        all = evidence.stretches(channel).stream().map(this::placeable).toList();
    }

    static List<Violation> check(Evidence evidence, String channel) {
        var order = new UnkeptOrder(evidence, channel);
        order.all.forEach(order::checkAgainstPublishers);
        order.checkAgainstEachOther();
        return order.violations;
    }

    /** What stands at one place in the order: what was published once, when it first came. */
    private List<Seen<Received>> placeable(Stretch stretch) {
        var seen = new HashSet<String>();
        return Unkept.received(stretch).stream()
                .filter(heard -> seen.add(heard.fact().message()))
                .filter(heard -> isPublishedOnce(heard.fact().message()))
                .toList();
    }

    private boolean isPublishedOnce(String name) {
        var message = evidence.messages(channel).get(name);
        return message != null && !evidence.mayBeTwice(message, Long.MAX_VALUE);
    }

    private void checkAgainstPublishers(List<Seen<Received>> heard) {
        Seen<Received> latest = null;
        for (var each : heard) {
            if (latest != null && isPublishedBefore(each, latest)) {
                reportPublishers(latest, each);
            }
            if (latest == null || sent(latest) < sent(each)) {
                latest = each;
            }
        }
    }

    private boolean isPublishedBefore(Seen<Received> one, Seen<Received> other) {
        var acknowledged = message(one).firstAcknowledged();
        return acknowledged != null && acknowledged.number() < sent(other);
    }

    private void reportPublishers(Seen<Received> first, Seen<Received> second) {
        report(
                first,
                second,
                "which had been acknowledged before it was sent",
                Stream.of(
                                message(second).story().stream(),
                                message(first).story().stream(),
                                Stream.of(first.entry(), second.entry()))
                        .flatMap(entries -> entries)
                        .toList());
    }

    private void checkAgainstEachOther() {
        var disputed = disputed();
        if (disputed.isEmpty()) {
            return;
        }
        var parts =
                all.stream()
                        .map(
                                heard ->
                                        heard.stream()
                                                .filter(each -> disputed.contains(name(each)))
                                                .toList())
                        .filter(part -> part.size() > 1)
                        .toList();
        for (int one = 0; one < parts.size(); one++) {
            for (int other = one + 1; other < parts.size(); other++) {
                compare(parts.get(one), parts.get(other));
            }
        }
        if (told.isEmpty()) {
            var somebody = parts.getFirst();
            report(
                    somebody.getFirst(),
                    somebody.getLast(),
                    "and others together the other way round",
                    somebody.stream().map(Seen::entry).toList());
        }
    }

    /** Messages that no order can hold: each comes after another of them. */
    private Set<String> disputed() {
        var followers = new HashMap<String, Set<String>>();
        var before = new HashMap<String, Integer>();
        for (var heard : all) {
            for (int index = 0; index < heard.size(); index++) {
                before.putIfAbsent(name(heard.get(index)), 0);
                if (index > 0
                        && followers
                                .computeIfAbsent(name(heard.get(index - 1)), n -> new HashSet<>(2))
                                .add(name(heard.get(index)))) {
                    before.merge(name(heard.get(index)), 1, Integer::sum);
                }
            }
        }
        return unplaced(followers, before);
    }

    /** Puts one after another into the order, as long as there is one that nothing comes before. */
    private static Set<String> unplaced(
            Map<String, Set<String>> followers, Map<String, Integer> before) {
        var free = new ArrayDeque<String>();
        before.forEach(
                (name, count) -> {
                    if (count == 0) {
                        free.add(name);
                    }
                });
        var unplaced = new HashSet<>(before.keySet());
        for (var next = free.poll(); next != null; next = free.poll()) {
            unplaced.remove(next);
            for (var follower : followers.getOrDefault(next, Set.of())) {
                if (before.merge(follower, -1, Integer::sum) == 0) {
                    free.add(follower);
                }
            }
        }
        return unplaced;
    }

    private void compare(List<Seen<Received>> one, List<Seen<Received>> other) {
        var places = new HashMap<String, Integer>();
        for (int index = 0; index < other.size(); index++) {
            places.put(name(other.get(index)), index);
        }
        Seen<Received> last = null;
        int reached = -1;
        for (var heard : one) {
            var place = places.get(name(heard));
            if (place == null) {
                continue;
            }
            if (last != null && place < reached) {
                report(
                        last,
                        heard,
                        "and %s heard them the other way round"
                                .formatted(other.getFirst().fact().connection()),
                        List.of(
                                last.entry(),
                                heard.entry(),
                                other.get(place).entry(),
                                other.get(reached).entry()));
            } else {
                reached = place;
                last = heard;
            }
        }
    }

    /** Once for each pair. */
    private void report(
            Seen<Received> first, Seen<Received> second, String but, List<Entry> entries) {
        if (told.add(Set.of(name(first), name(second)))) {
            violations.add(
                    evidence.violation(
                            Rule.ORDER,
                            "%s heard %s on %s before %s, %s"
                                    .formatted(
                                            first.fact().connection(),
                                            name(first),
                                            channel,
                                            name(second),
                                            but),
                            entries));
        }
    }

    private long sent(Seen<Received> heard) {
        return message(heard).firstSent().number();
    }

    private Message message(Seen<Received> heard) {
        return evidence.message(channel, name(heard));
    }

    private static String name(Seen<Received> heard) {
        return heard.fact().message();
    }
}
