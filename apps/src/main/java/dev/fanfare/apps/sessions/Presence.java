package dev.fanfare.apps.sessions;

/** Who is there. The server knows. */
@FunctionalInterface
public interface Presence {
    /** What is known of a user on a channel. */
    enum State {
        PRESENT,
        ABSENT,
        /** Nobody could say in time. */
        UNKNOWN
    }

    /** At this moment, by whatever protocol. Waits a bounded time. */
    State of(String channel, String user);
}
