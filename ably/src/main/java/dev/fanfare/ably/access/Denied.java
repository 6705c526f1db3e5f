package dev.fanfare.ably.access;

import dev.fanfare.protocols.ably.ErrorInfo;

/** What was asked for is not given, and why. */
public final class Denied extends Exception {
    private static final long serialVersionUID = 1;

    private final transient ErrorInfo error;

    public Denied(ErrorInfo error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /** With the status that the code's first three digits name. */
    static Denied of(int code, String message) {
        return new Denied(ErrorInfo.of(code, message));
    }

    public ErrorInfo error() {
        return error;
    }
}
