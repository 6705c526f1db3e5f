package dev.fanfare.push;

import java.time.Duration;

/** Hears what becomes of notifications. On the relay's thread. */
public interface PushObserver {
    PushObserver NONE = new PushObserver() {};

    /** The provider has taken it. */
    default void sent() {}

    /** It is sent again. */
    default void retried(PushError why) {}

    /** It is given up. */
    default void failed(PushError why) {}

    /** A device is forgotten, because the provider says that it is gone. */
    default void tokenRemoved() {}

    /**
     * From time to time; nothing on nodes that do not send.
     *
     * @param waiting notifications to be sent
     * @param unconfirmed those whose receipts are still to be fetched
     */
    default void queue(long waiting, Duration oldest, long unconfirmed) {}
}
