package dev.fanfare.core.protocol;

/**
 * Why the server ends a subscription. The code tells clients whether to subscribe again: from 2500
 * on they do.
 */
public record Unsubscribe(int code, String reason) {
    /** The server has its own reasons. */
    public static final Unsubscribe BY_SERVER = new Unsubscribe(2000, "server unsubscribe");

    /** The server cannot continue this subscription without a gap. */
    public static final Unsubscribe INSUFFICIENT_STATE =
            new Unsubscribe(2500, "insufficient state");

    public static final Unsubscribe EXPIRED = new Unsubscribe(2501, "expired");
}
