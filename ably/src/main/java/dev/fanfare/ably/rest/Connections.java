package dev.fanfare.ably.rest;

import dev.fanfare.core.model.ClientInfo;
import org.jspecify.annotations.Nullable;

/** The realtime connections, for whoever publishes in the name of one. Any thread. */
@FunctionalInterface
public interface Connections {
    /**
     * The connection's id, and its client id where it has one; null where nobody has the key.
     *
     * @param app id of the application it has to be of
     */
    @Nullable ClientInfo find(String app, String connectionKey);
}
