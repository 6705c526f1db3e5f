package dev.fanfare.client.jdbc;

import dev.fanfare.client.Event;
import org.jspecify.annotations.Nullable;

/** One row of the outbox. */
record Entry(
        long id,
        String eventId,
        String channel,
        String payload,
        @Nullable String excludeUserId,
        @Nullable String name) {
    /**
     * @throws IllegalArgumentException for a row that somebody else has written, and wrongly
     */
    Event event() {
        return new Event(eventId, channel, payload, excludeUserId, name);
    }
}
