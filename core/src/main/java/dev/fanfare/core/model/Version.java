package dev.fanfare.core.model;

/**
 * Which state of a thing a message tells of. A channel with history takes no message whose version
 * it has reached already; versions of different epochs cannot be compared, and the newer epoch is
 * the one that comes later.
 *
 * @param number 1 or more
 * @param epoch empty where the publisher has only one
 */
public record Version(long number, String epoch) {
    public Version {
        if (number < 1) {
            throw new IllegalArgumentException("version: " + number + " (expected: 1 or more)");
        }
    }

    /** Whether who has this one needs no {@code other}. */
    public boolean covers(Version other) {
        return other.number <= number && epoch.equals(other.epoch);
    }
}
