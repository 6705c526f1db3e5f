package dev.fanfare.protocols.ably;

/** Bytes that are no protocol message, or no document of the format. */
public final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    public Unreadable(String detail) {
        super(detail, null, false, false);
    }
}
