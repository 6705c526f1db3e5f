package dev.fanfare.protocols.ably;

/** The bits of a protocol message's flags. */
public final class Flag {
    public static final long HAS_PRESENCE = 1;
    public static final long HAS_BACKLOG = 1 << 1;
    public static final long RESUMED = 1 << 2;
    public static final long ATTACH_RESUME = 1 << 5;
    public static final long PRESENCE = 1 << 16;
    public static final long PUBLISH = 1 << 17;
    public static final long SUBSCRIBE = 1 << 18;
    public static final long PRESENCE_SUBSCRIBE = 1 << 19;

    /** All that say what a client wants to do on a channel, and may. */
    public static final long MODES = PRESENCE | PUBLISH | SUBSCRIBE | PRESENCE_SUBSCRIBE;

    private Flag() {}
}
