package dev.fanfare.core.protocol;

/** What became of a subscriber's wish to continue where it left off. */
public enum Recovery {
    /** It did not ask. */
    NOT_ASKED,
    /** It gets everything it missed, nothing twice. */
    RECOVERED,
    /** Something it missed is no longer kept: it must fetch its state anew. */
    LOST
}
