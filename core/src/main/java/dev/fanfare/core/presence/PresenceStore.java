package dev.fanfare.core.presence;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * The members of channels. Calls for one channel and client take effect in the order they are made.
 * No method blocks; stages may complete on any thread.
 */
public interface PresenceStore {
    CompletionStage<Void> add(Channel channel, ClientInfo member);

    /** Takes a member out; one that is not there is no error. */
    CompletionStage<Void> remove(Channel channel, ClientInfo member);

    /** By client id; a copy. */
    CompletionStage<Map<String, ClientInfo>> members(Channel channel);
}
