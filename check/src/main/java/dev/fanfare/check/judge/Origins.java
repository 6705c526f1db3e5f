package dev.fanfare.check.judge;

import dev.fanfare.check.history.Command;
import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Subscription;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link Rule#PUBLISHED}: what is heard was sent before, on that channel, and not refused; it is
 * heard by who has a subscription for it, or may have been given one by a command.
 */
final class Origins {
    private final Evidence evidence;
    private final List<Violation> violations = new ArrayList<>();

    private Origins(Evidence evidence) {
        this.evidence = evidence;
    }

    static List<Violation> check(Evidence evidence) {
        var origins = new Origins(evidence);
        evidence.stretches().forEach(origins::check);
        evidence.astray().forEach(origins::checkAstray);
        return origins.violations;
    }

    private void check(Stretch stretch) {
        for (var heard : stretch.heard()) {
            if (heard.fact() instanceof Subscription.Received received) {
                check(heard.entry(), received);
            }
        }
    }

    private void check(Entry entry, Subscription.Received received) {
        var message = evidence.messages(received.channel()).get(received.message());
        if (message == null || message.firstSent().number() > entry.number()) {
            report(
                    "%s heard %s on %s, and nobody had published it there"
                            .formatted(
                                    received.connection(), received.message(), received.channel()),
                    message == null ? List.of(entry) : List.of(entry, message.firstSent().entry()));
        } else if (message.wasRefused()) {
            report(
                    "%s heard %s on %s, and its publisher had been told that it is not published"
                            .formatted(
                                    received.connection(), received.message(), received.channel()),
                    List.of(message.firstSent().entry(), entry));
        }
    }

    private void checkAstray(Entry entry) {
        var heard = (Subscription) entry.fact();
        if (!wasGiven(entry, heard)) {
            report(
                    "%s heard something on %s, which it was not subscribed to"
                            .formatted(heard.connection(), heard.channel()),
                    List.of(entry));
        }
    }

    private boolean wasGiven(Entry entry, Subscription heard) {
        var user =
                evidence.links().stream()
                        .filter(link -> link.name().equals(heard.connection()))
                        .map(Link::user)
                        .toList();
        return evidence.orders().stream()
                .map(Evidence.Order::sent)
                .anyMatch(
                        sent ->
                                sent.fact().kind() == Command.Kind.SUBSCRIBE
                                        && user.contains(sent.fact().user())
                                        && heard.channel().equals(sent.fact().channel())
                                        && sent.number() < entry.number());
    }

    private void report(String what, List<Entry> entries) {
        violations.add(evidence.violation(Rule.PUBLISHED, what, entries));
    }
}
