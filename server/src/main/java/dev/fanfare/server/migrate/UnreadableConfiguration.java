package dev.fanfare.server.migrate;

/** A text that is no configuration. The message says where it stops being one. */
public final class UnreadableConfiguration extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableConfiguration(String message) {
        super(message, null, false, false);
    }
}
