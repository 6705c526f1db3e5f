package dev.fanfare.core.broker;

import java.time.Duration;

/**
 * How much history a channel keeps: at most {@code size} publications, none older than {@code age}.
 *
 * @param remember how long its position and epoch are known after nothing is left and nobody uses
 *     it
 */
public record Retention(int size, Duration age, Duration remember) {
    /** How long an unused stream's position and epoch are known, where nothing else is said. */
    public static final Duration REMEMBERED = Duration.ofHours(24);

    public static final Retention NONE = new Retention(0, Duration.ZERO);

    public Retention {
        if (size < 0 || age.isNegative() || remember.isNegative()) {
            throw new IllegalArgumentException(
                    "retention: %d, %s, %s (expected: nothing negative)"
                            .formatted(size, age, remember));
        }
    }

    public Retention(int size, Duration age) {
        this(size, age, REMEMBERED);
    }

    public boolean keepsHistory() {
        return size > 0 && age.isPositive();
    }
}
