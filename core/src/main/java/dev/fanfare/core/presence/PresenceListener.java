package dev.fanfare.core.presence;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;

/**
 * Hears of members whose node did not speak for them. Called from any thread, on one node alone for
 * each change; it must not block.
 */
public interface PresenceListener {
    PresenceListener NONE =
            new PresenceListener() {
                @Override
                public void onExpired(Channel channel, ClientInfo member) {}

                @Override
                public void onReturned(Channel channel, ClientInfo member) {}
            };

    /** Nobody has spoken for the member for too long: it is out. */
    void onExpired(Channel channel, ClientInfo member);

    /** A member that had expired is in again, for its node speaks for it again. */
    void onReturned(Channel channel, ClientInfo member);

    /**
     * A member is in again that the store had lost, or perhaps had never had. Its own node hears
     * so.
     */
    default void onRestored(Channel channel, ClientInfo member) {}
}
