package dev.fanfare.core.simulation;

import com.google.errorprone.annotations.FormatMethod;

/** The server has broken a promise. */
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    Violation(String promise) {
        super(promise);
    }

    /** Throws unless the promise is kept. */
    @FormatMethod
    static void unless(boolean kept, String format, Object... values) {
        if (!kept) {
            throw new Violation(format.formatted(values));
        }
    }
}
