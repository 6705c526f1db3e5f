package dev.fanfare.core.model;

/**
 * What something needs cannot be reached at the moment: another try later may succeed. The message
 * says what, and why. It is an everyday event and has no stack trace.
 */
public final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
        super(message, null, false, false);
    }
}
