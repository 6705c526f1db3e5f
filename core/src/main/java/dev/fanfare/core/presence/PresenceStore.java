package dev.fanfare.core.presence;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The members of channels. Calls for one channel and client take effect in the order they are made.
 * No method blocks; stages may complete on any thread, and fail with {@link
 * dev.fanfare.core.model.Unavailable} when the store cannot be reached.
 *
 * <p>A store that nodes share forgets the members of a node that has been silent for too long.
 */
public interface PresenceStore {
    /** Called once, before anything else. */
    default void start(PresenceListener listener) {}

    /**
     * What was known about the member is replaced. Where it fails, it may be in, or come in yet.
     */
    CompletionStage<Void> add(Channel channel, ClientInfo member);

    /**
     * Takes a member out; one that is not there is no error. Where the store cannot be reached, it
     * is tried again until the member is out: the stage completes then.
     *
     * @return whether nobody knows yet: false where the member had expired, and {@link
     *     PresenceListener#onExpired} has said so
     */
    CompletionStage<Boolean> remove(Channel channel, ClientInfo member);

    /** By client id; a copy. */
    CompletionStage<Map<String, ClientInfo>> members(Channel channel);
}
