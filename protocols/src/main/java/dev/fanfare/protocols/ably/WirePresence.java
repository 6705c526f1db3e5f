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
    /** What has become of the member. */
    public enum Action {
        ABSENT(0),
        PRESENT(1),
        ENTER(2),
        LEAVE(3),
        UPDATE(4);

        private final int number;

        Action(int number) {
            this.number = number;
        }

        /** How the protocol says it. */
        public int number() {
            return number;
        }

        static @Nullable Action of(long number) {
            for (var action : values()) {
                if (action.number == number) {
                    return action;
                }
            }
            return null;
        }
    }
}
