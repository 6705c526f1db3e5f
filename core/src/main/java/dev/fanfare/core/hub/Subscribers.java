package dev.fanfare.core.hub;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The subscribers of one channel on one shard. A subscriber may leave while it is being delivered
 * to.
 */
final class Subscribers {
    private @Nullable Subscriber[] members = new Subscriber[1];
    private int count;

    void add(Subscriber subscriber) {
        if (count == members.length) {
            members = Arrays.copyOf(members, count * 2);
        }
        subscriber.slot = count;
        members[count++] = subscriber;
    }

    void remove(Subscriber subscriber) {
        var last = requireNonNull(members[--count]);
        members[subscriber.slot] = last;
        last.slot = subscriber.slot;
        members[count] = null;
        subscriber.slot = -1;
        if (count > 0 && count <= members.length / 4) {
            members = Arrays.copyOf(members, members.length / 2);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    int size() {
        return count;
    }

    /** Backwards: whoever leaves is replaced by one that has had its turn. */
    int deliver(Run run) {
        int delivered = 0;
        for (int index = count - 1; index >= 0; index--) {
            delivered += requireNonNull(members[index]).deliver(run);
        }
        return delivered;
    }

    /** Backwards, as {@link #deliver}. */
    void hear(EncodedOnce announcement) {
        for (int index = count - 1; index >= 0; index--) {
            requireNonNull(members[index]).hear(announcement);
        }
    }

    /** Backwards, as {@link #deliver}. */
    void interrupted() {
        for (int index = count - 1; index >= 0; index--) {
            requireNonNull(members[index]).interrupted();
        }
    }
}
