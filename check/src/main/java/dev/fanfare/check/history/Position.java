package dev.fanfare.check.history;

/** A place in a channel's stream, as clients are told it. */
public record Position(String epoch, long offset) {
    public boolean sameEpoch(Position other) {
        return epoch.equals(other.epoch);
    }

    @Override
    public String toString() {
        return epoch + ":" + offset;
    }
}
