package dev.fanfare.core.simulation;

import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The truth about one channel: everything ever placed there, in order, and what of it must still be
 * kept. The first publication has index 0, and so on, whatever its epoch; every payload is unique.
 */
final class Ledger {
    private final Retention retention;
    private final List<Publication> placed = new ArrayList<>();
    private final Map<Payload, Integer> indexes = new HashMap<>();

    /** What was published without being kept, where history is kept. */
    private final List<Publication> unkept = new ArrayList<>();

    /** Index of each epoch's first publication. */
    private final Map<String, Integer> epochs = new HashMap<>();

    private String epoch = "";
    private int removed;
    private long usedAt;

    Ledger(Retention retention) {
        this.retention = retention;
    }

    boolean keepsHistory() {
        return retention.keepsHistory();
    }

    int size() {
        return placed.size();
    }

    List<Publication> unkept() {
        return unkept;
    }

    /** Whether it is kept by no history, on a channel that has one. */
    boolean isUnkept(Publication publication) {
        return keepsHistory() && !publication.position().isKnown();
    }

    Publication get(int index) {
        return placed.get(index);
    }

    void place(Publication publication) {
        if (isUnkept(publication)) {
            unkept.add(publication);
            return;
        }
        int index = placed.size();
        var position = publication.position();
        Violation.unless(
                position.isKnown() == keepsHistory(), "%s is placed at %s", publication, position);
        placed.add(publication);
        indexes.put(publication.message().payload(), index);
        usedAt = publication.time();
        if (keepsHistory()) {
            startEpoch(position.epoch(), index);
            Violation.unless(after(position) == index + 1, "hole before %s", position);
        }
    }

    /** Somebody has read the stream, and this was its top. */
    void read(StreamPosition top, long now) {
        if (keepsHistory()) {
            startEpoch(top.epoch(), placed.size());
            Violation.unless(after(top) == placed.size(), "the top is not at %s", top);
            usedAt = now;
        }
    }

    private void startEpoch(String name, int index) {
        if (!name.equals(epoch)) {
            Violation.unless(epoch.isEmpty(), "epoch %s follows %s too early", name, epoch);
            Violation.unless(epochs.put(name, index) == null, "epoch %s is back", name);
            epoch = name;
        }
    }

    /** Where this stands; it must be just what was placed. */
    int indexOf(Publication publication) {
        var index = indexes.get(publication.message().payload());
        Violation.unless(
                index != null && placed.get(index).equals(publication),
                "%s was never placed",
                publication);
        return index;
    }

    @Nullable Publication find(Payload payload) {
        var index = indexes.get(payload);
        return index == null
                ? unkept.stream()
                        .filter(each -> each.message().payload().equals(payload))
                        .findFirst()
                        .orElse(null)
                : placed.get(index);
    }

    /** Index of the first publication after a position that the server has named. */
    int after(StreamPosition position) {
        var base = epochs.get(position.epoch());
        Violation.unless(base != null, "there is no position %s", position);
        int index = base + Math.toIntExact(position.offset());
        Violation.unless(index <= placed.size(), "nothing is placed yet at %s", position);
        return index;
    }

    /** Whether who stands at {@code since} can be sent all that followed. */
    boolean canRecover(StreamPosition since, int limit, long now) {
        if (!keepsHistory() || !since.epoch().equals(epoch)) {
            return false;
        }
        long index = epochs.get(epoch) + since.offset();
        return index == placed.size()
                || (index < placed.size()
                        && placed.size() - index <= limit
                        && isKept((int) index, now));
    }

    private boolean isKept(int index, long now) {
        return index >= removed
                && index >= placed.size() - retention.size()
                && placed.get(index).time() >= now - retention.age().toMillis();
    }

    void removeHistory() {
        removed = placed.size();
    }

    void use(long now) {
        usedAt = now;
    }

    /** Nobody listens: where nothing is kept and nobody came for long, the epoch ends. */
    void forgetIfIdle(long now) {
        boolean idle = now - usedAt > Retention.REMEMBERED.toMillis();
        if (idle && (placed.isEmpty() || !isKept(placed.size() - 1, now))) {
            epoch = "";
        }
    }
}
