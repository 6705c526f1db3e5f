package dev.fanfare.push;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When the provider may be asked again: as long as it fails, ever more seldom, and not before it
 * says, where that is of any use to what waits. On the relay's thread only.
 */
final class Pace {
    private final PushOptions options;
    private final RandomGenerator random;
    private int failures;
    private long restsUntil = System.nanoTime();

    Pace(PushOptions options, RandomGenerator random) {
        this.options = options;
        this.random = random;
    }

    /** Until it may be asked. */
    Duration pause() {
        return Duration.ofNanos(Math.max(0, restsUntil - System.nanoTime()));
    }

    void answered() {
        failures = 0;
    }

    /**
     * Requests that were under way when another failed tell nothing new.
     *
     * @return until it may be asked
     */
    Duration failed(@Nullable Duration wanted) {
        failures = pause().isZero() ? failures + 1 : Math.max(1, failures);
        var pause = pauseAfter(failures);
        if (wanted != null && wanted.compareTo(pause) > 0) {
            pause = shorter(wanted, options.giveUpAfter());
        }
        long until = System.nanoTime() + pause.toNanos();
        if (until - restsUntil > 0) {
            restsUntil = until;
        }
        return pause;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    Duration pauseAfter(int attempts) {
        return options.pause(attempts, random.nextDouble());
    }
}
