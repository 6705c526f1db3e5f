package dev.fanfare.protocols.ably;

import org.jspecify.annotations.Nullable;

/**
 * That a member is somewhere, comes, goes, or has something new to say.
 *
 * @param id newer than another of the same member as its second and third part are: {@code
 *     connection:msgSerial:index}
 * @param timestamp in milliseconds since 1970; 0: not said
 * @param extras a JSON document; null: none
 */
public record WirePresence(
        Action action,
        @Nullable String id,
        @Nullable String clientId,
        @Nullable String connectionId,
        Data data,
        long timestamp,
        @Nullable String extras) {
    /** In the order of the protocol's numbers. */
    public enum Action {
        ABSENT,
        PRESENT,
        ENTER,
        LEAVE,
        UPDATE
    }
}
