package dev.fanfare.server.cli;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: twice as long each time, up to a limit, and never the same
 * for all who wait. For one thread.
 */
final class Backoff {
    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;
    private Duration next;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
        this.next = first;
    }

    /** Something between half of the current step and all of it. */
    Duration next() {
        long step = next.toMillis();
        var doubled = next.multipliedBy(2);
        next = doubled.compareTo(longest) < 0 ? doubled : longest;
        return Duration.ofMillis(random.nextLong(step / 2, step + 1));
    }

    void reset() {
        next = first;
    }
}
