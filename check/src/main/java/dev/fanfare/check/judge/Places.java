package dev.fanfare.check.judge;

import dev.fanfare.check.history.Entry;
import dev.fanfare.check.history.Position;
import dev.fanfare.check.history.Publish;
import dev.fanfare.check.history.Subscription;
import java.util.ArrayList;
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

    /**
     * The epoch was there at some time between two entries.
     *
     * @param since null: from the beginning; an answer may be older than the entry before it
     */
    record Witness(@Nullable Entry since, Entry heard) {
        long sinceNumber() {
            return since == null ? 0 : since.number();
        }

        Stream<Entry> entries() {
            return Stream.concat(Stream.ofNullable(since), Stream.of(heard));
        }
    }

    /** One incarnation of the stream. */
    static final class Epoch {
        private final String name;
        private final NavigableMap<Long, Placed> placed = new TreeMap<>();
        private final List<Witness> witnesses = new ArrayList<>();

        Epoch(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        Stream<Witness> witnesses() {
            return witnesses.stream();
        }

        /** By offset. */
        NavigableMap<Long, Placed> placed() {
            return placed;
        }
    }

    private final Map<String, Message> published;
    private final Map<String, Epoch> epochs = new LinkedHashMap<>();
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
            place(message, position, answer.entry());
        }
    }

    private void placeHeard(Stretch stretch) {
        var position = stretch.began().fact().position();
        if (position != null) {
            epoch(position).witnesses.add(new Witness(null, stretch.began().entry()));
        }
        for (var heard : stretch.heard()) {
            if (heard.fact() instanceof Subscription.Received received) {
                placeHeard(received, heard.entry());
            } else if (heard.fact() instanceof Subscription.GapTold gap && gap.position() != null) {
                epoch(gap.position()).witnesses.add(new Witness(null, heard.entry()));
            }
        }
    }

    private void placeHeard(Subscription.Received received, Entry entry) {
        var message = published.get(received.message());
        if (message != null && received.position() != null) {
            place(message, received.position(), entry);
        }
    }

    private void place(Message message, Position position, Entry entry) {
        var epoch = epoch(position);
        var name = message.name();
        var there = epoch.placed.get(position.offset());
        var elsewhere = of(name, position.epoch());
        if (there != null && !there.message.equals(name)) {
            conflicts.add(new Conflict(there, entry, name, position));
        } else if (elsewhere != null && !elsewhere.position.equals(position)) {
            conflicts.add(new Conflict(elsewhere, entry, name, position));
        } else if (there == null) {
            var placed = new Placed(name, position, entry);
            epoch.placed.put(position.offset(), placed);
            epoch.witnesses.add(new Witness(message.firstSent().entry(), entry));
            ofMessages
                    .computeIfAbsent(name, each -> new LinkedHashMap<>(2))
                    .put(position.epoch(), placed);
        }
    }

    private Epoch epoch(Position position) {
        return epochs.computeIfAbsent(position.epoch(), Epoch::new);
    }

    List<Epoch> epochs() {
        return List.copyOf(epochs.values());
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
