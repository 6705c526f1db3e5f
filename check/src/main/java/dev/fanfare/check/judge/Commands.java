package dev.fanfare.check.judge;

import dev.fanfare.check.history.Command;
import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Subscription;
import dev.fanfare.check.judge.Evidence.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@link Rule#COMMANDS}: an acknowledged command has been carried out on every connection that the
 * user had when it was sent. What it ended hears nothing that was sent after the acknowledgement,
 * and the client finds out in time, where the protocol tells it.
 */
final class Commands {
    private final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();

    private Commands(Evidence evidence) {
        this.evidence = evidence;
    }

    static List<Violation> check(Evidence evidence) {
        var commands = new Commands(evidence);
        evidence.orders().forEach(commands::check);
        return commands.violations;
    }

    private void check(Order order) {
        var done = order.acknowledged();
        if (done == null) {
            return;
        }
        var sent = order.sent();
        for (var link : evidence.links()) {
            if (link.user().equals(sent.fact().user())
                    && link.opened().number() < sent.number()
                    && link.endTime() > done.time()) {
                check(sent, done, link);
            }
        }
    }

    private void check(Seen<Command.Sent> sent, Entry done, Link link) {
        switch (sent.fact().kind()) {
            case DISCONNECT -> {
                link.stretches().forEach(stretch -> checkSilence(sent, done, stretch));
                if (link.endTime() > evidence.settled(done.time())) {
                    report(sent, done, link, "was not ended", link.opened().entry());
                }
            }
            case UNSUBSCRIBE -> {
                for (var stretch : link.stretches()) {
                    if (stretch.channel().equals(sent.fact().channel())
                            && stretch.began().number() < sent.number()) {
                        checkSilence(sent, done, stretch);
                    }
                }
            }
            case SUBSCRIBE -> {
                if (!wasGiven(sent.fact().channel(), done, link)) {
                    report(sent, done, link, "was not given the channel", link.opened().entry());
                }
            }
        }
    }

    private void checkSilence(Seen<Command.Sent> sent, Entry done, Stretch stretch) {
        for (var heard : stretch.heard()) {
            if (heard.fact() instanceof Subscription.Received received
                    && wasSentAfter(done, received)) {
                report(sent, done, stretch.link(), "hears what came later", heard.entry());
                return;
            }
        }
    }

    private boolean wasSentAfter(Entry done, Subscription.Received received) {
        var message = evidence.messages(received.channel()).get(received.message());
        return message != null && message.firstSent().number() > done.number();
    }

    /** By then it has the channel, unless it has gone. */
    private boolean wasGiven(@Nullable String channel, Entry done, Link link) {
        long settled = evidence.settled(done.time());
        return link.endTime() <= settled
                || settled == Long.MAX_VALUE
                || link.stretches().stream()
                        .anyMatch(
                                stretch ->
                                        stretch.channel().equals(channel)
                                                && stretch.began().time() <= settled
                                                && stretch.endTime() >= done.time());
    }

    private void report(
            Seen<Command.Sent> sent, Entry done, Link link, String but, Entry evidenceOfIt) {
        violations.add(
                evidence.violation(
                        Rule.COMMANDS,
                        "%s of %s was acknowledged, and %s %s"
                                .formatted(
                                        sent.fact().kind(), sent.fact().user(), link.name(), but),
                        Stream.of(sent.entry(), done, link.opened().entry(), evidenceOfIt)
                                .toList()));
    }
}
