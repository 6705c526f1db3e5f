package dev.fanfare.apps.database;

import org.jspecify.annotations.Nullable;

/** The database cannot be had now; another time may do. Nothing has been kept, or nobody knows. */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
