package dev.fanfare.core.model;

/**
 * A place in a channel's stream: the epoch names one incarnation of the stream, the offset counts
 * its publications from 1. Offsets of different epochs cannot be compared. {@link #NONE} is the
 * position of everything on a channel that keeps no history.
 */
public record StreamPosition(String epoch, long offset) {
    public static final StreamPosition NONE = new StreamPosition("", 0);

    public StreamPosition {
        if (offset < 0) {
            throw new IllegalArgumentException("offset: " + offset + " (expected: 0 or more)");
        }
    }

    public boolean isKnown() {
        return !epoch.isEmpty();
    }

    public boolean sameEpoch(StreamPosition other) {
        return epoch.equals(other.epoch);
    }

    /** Whether {@code other} is the publication right after this position. */
    public boolean precedes(StreamPosition other) {
        return offset + 1 == other.offset && sameEpoch(other);
    }

    /** Whether who stands here has already seen {@code other}. */
    public boolean covers(StreamPosition other) {
        return other.offset <= offset && sameEpoch(other);
    }

    public StreamPosition next() {
        return at(offset + 1);
    }

    /** Another place in the same incarnation. */
    public StreamPosition at(long other) {
        return new StreamPosition(epoch, other);
    }
}
