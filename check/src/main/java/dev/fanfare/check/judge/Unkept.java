package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Subscription;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
        unkept.violations.addAll(UnkeptOrder.check(evidence, channel));
        return unkept.violations;
    }

    private void checkRepeats(Stretch stretch) {
        var first = new HashMap<String, Entry>();
        for (var heard : received(stretch)) {
            var name = heard.fact().message();
            var earlier = first.putIfAbsent(name, heard.entry());
            if (earlier != null && !mayBeTwice(name, heard)) {
                report(
                        Rule.NOTHING_TWICE,
                        "%s heard %s on %s again".formatted(stretch.subscriber(), name, channel),
                        List.of(earlier, heard.entry()));
            }
        }
    }

    private boolean mayBeTwice(String name, Seen<?> heard) {
        var message = messages.get(name);
        return message != null && evidence.mayBeTwice(message, heard.number());
    }

    private void checkLosses(Stretch stretch) {
        var lost = new UnkeptLosses(evidence, stretch).find();
        if (!lost.isEmpty()) {
            var story = new ArrayList<>(lost.getFirst().story());
            story.add(stretch.began().entry());
            Stream.ofNullable(stretch.ended()).forEach(story::add);
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

    /** A gap is told because the node could not hear Redis a moment before. */
    private void checkGaps(Stretch stretch) {
        for (var heard : stretch.heard()) {
            if (heard.fact() instanceof Subscription.GapTold
                    && !evidence.faults()
                            .keepFromHearing(
                                    stretch.node(),
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

    static List<Seen<Subscription.Received>> received(Stretch stretch) {
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
