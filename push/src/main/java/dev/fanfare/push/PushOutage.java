package dev.fanfare.push;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The provider did not do what it was asked; later it may. */
public final class PushOutage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final PushError error;
    private final @Nullable Duration retryAfter;

    public PushOutage(PushError error, String message, @Nullable Duration retryAfter) {
        super(message, null, false, false);
        this.error = error;
        this.retryAfter = retryAfter;
    }

    public PushError error() {
        return error;
    }

    /** When it wants to be asked again; null: it does not say. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
