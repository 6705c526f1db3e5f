package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Publish;
import dev.fanfare.check.history.Subscription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the messages of one channel with history stand, as answers and subscribers say. Answers are
 * believed first; what a subscriber says against them is a conflict. What nobody published has no
 * place.
 */
final class Places {
    /** A message at a position, and where we know it from. */
    record Placed(String message, Position position, Entry evidence) {}

    /** Somebody says something else. */
    record Conflict(Placed placed, Entry other, String message, Position position) {}

    /** One incarnation of the stream. */
    static final class Epoch {
        private final String name;
        private final NavigableMap<Long, Placed> placed = new TreeMap<>();
        private Entry first;

        Epoch(String name, Entry first) {
            this.name = name;
            this.first = first;
        }

        String name() {
            return name;
        }

        /** The first entry that speaks of it. */
        Entry first() {
            return first;
        }

        /** By offset. */
        NavigableMap<Long, Placed> placed() {
            return placed;
        }
    }

    private final Map<String, Message> published;
    private final Map<String, Epoch> epochs = new HashMap<>();
    private final Map<String, Map<String, Placed>> ofMessages = new HashMap<>();
    private final List<Conflict> conflicts = new ArrayList<>();

    Places(Evidence evidence, String channel) {
        published = evidence.messages(channel);
        for (var message : published.values()) {
            for (var answer : message.allAcknowledged()) {
                placeAnswered(message, answer);
            }
        }
        evidence.stretches(channel).forEach(this::placeHeard);
    }

    private void placeAnswered(Message message, Seen<Publish.Acknowledged> answer) {
        var position = answer.fact().position();
        if (position != null) {
            place(message.name(), position, answer.entry());
        }
    }

    private void placeHeard(Stretch stretch) {
        var position = stretch.began().fact().position();
        if (position != null) {
            epoch(position, stretch.began().entry());
        }
        for (var heard : stretch.heard()) {
            if (heard.fact() instanceof Subscription.Received received
                    && received.position() != null
                    && published.containsKey(received.message())) {
                place(received.message(), received.position(), heard.entry());
            } else if (heard.fact() instanceof Subscription.GapTold gap && gap.position() != null) {
                epoch(gap.position(), heard.entry());
            }
        }
    }

    private void place(String message, Position position, Entry entry) {
        var epoch = epoch(position, entry);
        var there = epoch.placed.get(position.offset());
        var elsewhere = ofMessages.getOrDefault(message, Map.of()).get(position.epoch());
        if (there != null && !there.message.equals(message)) {
            conflicts.add(new Conflict(there, entry, message, position));
        } else if (elsewhere != null && !elsewhere.position.equals(position)) {
            conflicts.add(new Conflict(elsewhere, entry, message, position));
        } else if (there == null) {
            var placed = new Placed(message, position, entry);
            epoch.placed.put(position.offset(), placed);
            ofMessages
                    .computeIfAbsent(message, name -> new LinkedHashMap<>(2))
                    .put(position.epoch(), placed);
        }
    }

    private Epoch epoch(Position position, Entry entry) {
        var epoch = epochs.computeIfAbsent(position.epoch(), name -> new Epoch(name, entry));
        if (entry.number() < epoch.first.number()) {
            epoch.first = entry;
        }
        return epoch;
    }

    /** In the order in which they were first spoken of. */
    List<Epoch> epochs() {
        return epochs.values().stream()
                .sorted(Comparator.comparingLong(epoch -> epoch.first.number()))
                .toList();
    }

    /** Null: nobody has spoken of it. */
    @Nullable Epoch epoch(String name) {
        return epochs.get(name);
    }

    List<Conflict> conflicts() {
        return conflicts;
    }

    /** In all epochs. */
    Stream<Placed> of(String message) {
        return ofMessages.getOrDefault(message, Map.of()).values().stream();
    }

    /** Null: it has none, as far as we know. */
    @Nullable Placed of(String message, String epoch) {
        return ofMessages.getOrDefault(message, Map.of()).get(epoch);
    }

    /** Null: nobody knows what stands there. */
    @Nullable Placed at(Position position) {
        var epoch = epochs.get(position.epoch());
        return epoch == null ? null : epoch.placed.get(position.offset());
    }
}
