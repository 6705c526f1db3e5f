package dev.fanfare.check.judge;

import dev.fanfare.check.history.Subscription;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;

/**
 * What one subscriber of a channel without history did not hear, though it was sent while it
 * listened, and acknowledged. By a certain time it must have come, or the subscriber must have been
 * told of a gap, or its subscription must have ended: when that is settled, or sooner when
 * something that was published later has come, and nothing was broken then.
 */
final class UnkeptLosses {
    private final Evidence evidence;
    private final Stretch stretch;

    /** From when each message that was heard was sent to when it was heard. */
    private final TreeMap<Long, Long> heardBySent = new TreeMap<>();

    UnkeptLosses(Evidence evidence, Stretch stretch) {
        this.evidence = evidence;
        this.stretch = stretch;
    }

    List<Message> find() {
        var heard = new HashSet<String>();
        for (var received : Unkept.received(stretch)) {
            heard.add(received.fact().message());
            var message = evidence.messages(stretch.channel()).get(received.fact().message());
            if (message != null) {
                heardBySent.put(message.firstSent().number(), received.time());
            }
        }
        keepEarliest();
        return evidence.messages(
                        stretch.channel(), stretch.began().number(), stretch.certainUntil())
                .filter(message -> !heard.contains(message.name()))
                .filter(this::isLost)
                .toList();
    }

    /** From when something was sent to when it, or what was sent after it, was first heard. */
    private void keepEarliest() {
        long earliest = Long.MAX_VALUE;
        for (var heard : heardBySent.descendingMap().entrySet()) {
            earliest = Math.min(earliest, heard.getValue());
            heard.setValue(earliest);
        }
    }

    private boolean isLost(Message message) {
        var acknowledged = message.firstAcknowledged();
        if (acknowledged == null || acknowledged.time() > stretch.certainUntil()) {
            return false;
        }
        var later = heardBySent.higherEntry(acknowledged.number());
        long passed = later == null ? Long.MAX_VALUE : later.getValue();
        long due = Math.min(evidence.settled(acknowledged.time()), due(passed));
        return due <= stretch.certainUntil()
                && !wasToldOfAGap(message, due)
                && !isExcused(message, Math.min(passed, due));
    }

    /** When a gap has been told, if something that came later was heard at that time. */
    private long due(long passed) {
        if (passed == Long.MAX_VALUE) {
            return passed;
        }
        long moment = passed + evidence.deliveryPromise();
        return evidence.faults().isCalm(passed, moment) ? moment : evidence.settled(passed);
    }

    private boolean wasToldOfAGap(Message message, long due) {
        return stretch.heard().stream()
                .anyMatch(
                        heard ->
                                heard.fact() instanceof Subscription.GapTold
                                        && heard.number() > message.firstSent().number()
                                        && heard.time() <= due);
    }

    /** Who is not promised a word misses what is published while its node cannot hear. */
    private boolean isExcused(Message message, long until) {
        long from = message.firstSent().time() - evidence.deliveryPromise();
        return !stretch.began().fact().tells()
                && evidence.faults().keepFromHearing(stretch.node(), from, until);
    }
}
