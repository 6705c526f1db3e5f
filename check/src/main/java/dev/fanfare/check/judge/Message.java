package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Publish;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One message, and the requests to publish it. Filled while a recording is read. */
final class Message {
    private final List<Seen<Publish.Sent>> sent = new ArrayList<>(1);
    private final List<Seen<Publish.Acknowledged>> acknowledged = new ArrayList<>(1);
    private int refused;

    void send(Seen<Publish.Sent> request) {
        sent.add(request);
    }

    void acknowledge(Seen<Publish.Acknowledged> answer) {
        acknowledged.add(answer);
    }

    void refuse() {
        refused++;
    }

    String name() {
        return sent.getFirst().fact().message();
    }

    String channel() {
        return sent.getFirst().fact().channel();
    }

    Seen<Publish.Sent> firstSent() {
        return sent.getFirst();
    }

    /** Null: nobody was told that it is published. */
    @Nullable Seen<Publish.Acknowledged> firstAcknowledged() {
        return acknowledged.isEmpty() ? null : acknowledged.getFirst();
    }

    List<Seen<Publish.Acknowledged>> allAcknowledged() {
        return acknowledged;
    }

    /** The first answer that told this position. */
    Optional<Seen<Publish.Acknowledged>> acknowledgedAt(Position position) {
        return acknowledged.stream()
                .filter(answer -> position.equals(answer.fact().position()))
                .findFirst();
    }

    /** Whether an answer says that it is in this epoch. */
    boolean wasToldEpoch(String epoch) {
        return acknowledged.stream()
                .map(answer -> answer.fact().position())
                .anyMatch(position -> position != null && position.epoch().equals(epoch));
    }

    boolean wasTriedAgain() {
        return sent.size() > 1;
    }

    /** Whether all who asked were told that it is not published. */
    boolean wasRefused() {
        return refused == sent.size();
    }

    /** Whether nobody was told that it is published, and it may be all the same. */
    boolean isUncertain() {
        return acknowledged.isEmpty() && !wasRefused();
    }

    /** The request, and the answer if there was a good one. */
    List<Entry> story() {
        var first = firstAcknowledged();
        return first == null
                ? List.of(firstSent().entry())
                : List.of(firstSent().entry(), first.entry());
    }
}
