package dev.fanfare.client.jdbc;

import java.time.Duration;

/**
 * How an {@link OutboxRelay} works.
 *
 * @param poll how often it looks for events that nobody has told it of
 * @param lease how long the others wait for a node that has died
 * @param firstPause before an event is sent again that has failed; each further one is twice as
 *     long
 * @param longestPause between two attempts
 * @param batch events read at once
 */
public record RelayOptions(
        Duration poll, Duration lease, Duration firstPause, Duration longestPause, int batch) {
    /** 500 ms, 5 s, 100 ms to 10 s, 200. */
    public static final RelayOptions DEFAULT =
            new RelayOptions(
                    Duration.ofMillis(500),
                    Duration.ofSeconds(5),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(10),
                    200);

    public RelayOptions {
        requireMillis("poll", poll);
        requireMillis("lease", lease);
        requireMillis("firstPause", firstPause);
        if (longestPause.compareTo(firstPause) < 0) {
            throw invalid("longestPause", longestPause, "at least firstPause, " + firstPause);
        }
        if (batch < 1 || batch > 10_000) {
            throw invalid("batch", batch, "1 to 10000");
        }
    }

    public RelayOptions withPoll(Duration other) {
        return new RelayOptions(other, lease, firstPause, longestPause, batch);
    }

    public RelayOptions withLease(Duration other) {
        return new RelayOptions(poll, other, firstPause, longestPause, batch);
    }

    public RelayOptions withPauses(Duration first, Duration longest) {
        return new RelayOptions(poll, lease, first, longest, batch);
    }

    public RelayOptions withBatch(int events) {
        return new RelayOptions(poll, lease, firstPause, longestPause, events);
    }

    /**
     * @param failures so far, at least 1
     * @param chance from 0 to 1: pauses are between half and all of what they may be
     */
    Duration pause(int failures, double chance) {
        double grown = firstPause.toMillis() * Math.pow(2, Math.min(failures - 1, 30));
        double whole = Math.min(grown, (double) longestPause.toMillis());
        return Duration.ofMillis(Math.max(1, Math.round(whole * (0.5 + chance / 2))));
    }

    private static void requireMillis(String name, Duration value) {
        if (value.toMillis() < 1) {
            throw invalid(name, value, "1 ms or more");
        }
    }

    private static IllegalArgumentException invalid(String name, Object got, String expected) {
        return new IllegalArgumentException(name + ": " + got + " (expected: " + expected + ")");
    }
}
