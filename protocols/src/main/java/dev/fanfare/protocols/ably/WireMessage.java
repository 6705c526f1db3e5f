package dev.fanfare.protocols.ably;

import org.jspecify.annotations.Nullable;

/**
 * One message as the protocol knows it.
 *
 * @param extras a JSON document; null: none
 * @param timestamp in milliseconds since 1970; 0: not said
 * @param serial where it stands; null from clients
 */
public record WireMessage(
        @Nullable String id,
        @Nullable String name,
        Data data,
        Sender sender,
        long timestamp,
        @Nullable String extras,
        @Nullable String serial) {

    /**
     * Whose it is.
     *
     * @param connectionKey whoever knows it publishes for the connection; never told
     */
    public record Sender(
            @Nullable String clientId,
            @Nullable String connectionId,
            @Nullable String connectionKey) {
        public static final Sender NOBODY = new Sender(null, null, null);
    }
}
