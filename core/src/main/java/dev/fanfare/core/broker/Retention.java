package dev.fanfare.core.broker;

import java.time.Duration;

/**
 * How much history a channel keeps: at most {@code size} publications, none older than {@code age}.
 */
public record Retention(int size, Duration age) {
    public static final Retention NONE = new Retention(0, Duration.ZERO);

    public Retention {
        if (size < 0 || age.isNegative()) {
            throw new IllegalArgumentException(
                    "retention: " + size + ", " + age + " (expected: nothing negative)");
        }
    }

    public boolean keepsHistory() {
        return size > 0 && age.isPositive();
    }
}
