package dev.fanfare.core.protocol;

/** An encoder's protocol has no form for what is to be said, as JSON has none for bytes. */
public final class Unsayable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unsayable(String detail) {
        super(detail, null, false, false);
    }
}
