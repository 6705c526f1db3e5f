package dev.fanfare.protocols.delta;

/** A delta that is none, or one of another base. The message tells where. */
public final class DeltaException extends Exception {
    private static final long serialVersionUID = 1L;

    DeltaException(String detail) {
        super(detail);
    }
}
