package dev.fanfare.client;

import dev.fanfare.client.RealtimeException.Code;
import java.time.Duration;

/** Hears what becomes of events. On any thread, and returns at once. */
public interface PublishObserver {
    PublishObserver NONE = new PublishObserver() {};

    /**
     * The server has taken an event.
     *
     * @param way {@code http}, {@code redis} or another
     * @param nanos how long it took
     */
    default void delivered(String way, long nanos) {}

    /** The first way failed, and the second is tried. */
    default void fellBack(Code why) {}

    /** A {@link Publisher} has given an event up. */
    default void failed(Code why) {}

    /**
     * More or fewer events wait for their turn or are under way.
     *
     * @param change how many more
     */
    default void waiting(int change) {}

    /** An event of the outbox failed and will be tried again. */
    default void retried(Code why) {}

    /** The server refused an event of the outbox, which is kept aside. */
    default void parked(Code why) {}

    /**
     * What is in the outbox, from time to time, as the node sees it that drains it; all 0 on
     * others.
     *
     * @param waiting events to be sent
     * @param oldest the age of the oldest of these
     * @param parked events that were refused
     */
    default void outbox(long waiting, Duration oldest, long parked) {}
}
