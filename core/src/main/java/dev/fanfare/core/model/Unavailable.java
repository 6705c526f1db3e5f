package dev.fanfare.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What something needs cannot be reached at the moment: another try later may succeed. The message
 * says what, and why. It is an everyday event and has no stack trace.
 */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
        super(message, null, false, false);
    }

    /** Whether this is why a stage has failed. */
    public static boolean isCauseOf(@Nullable Throwable failure) {
        return failure instanceof Unavailable || (failure != null && isCauseOf(failure.getCause()));
    }
}
