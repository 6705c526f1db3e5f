package dev.fanfare.core.presence;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Presence of one process. Any thread; the inner maps are touched only inside the outer map's
 * atomic operations.
 */
public final class MemoryPresence implements PresenceStore {
    private final ConcurrentMap<Channel, Map<String, ClientInfo>> channels =
            new ConcurrentHashMap<>();

    @Override
    public CompletionStage<Void> add(Channel channel, ClientInfo member) {
        channels.compute(
                channel,
                (key, members) -> {
                    var joined = members == null ? new HashMap<String, ClientInfo>() : members;
                    joined.put(member.client(), member);
                    return joined;
                });
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Boolean> remove(Channel channel, ClientInfo member) {
        channels.computeIfPresent(
                channel,
                (key, members) -> {
                    members.remove(member.client());
                    return members.isEmpty() ? null : members;
                });
        return CompletableFuture.completedFuture(true);
    }

    @Override
    public CompletionStage<Map<String, ClientInfo>> members(Channel channel) {
        var copy = new HashMap<String, ClientInfo>();
        channels.computeIfPresent(
                channel,
                (key, members) -> {
                    copy.putAll(members);
                    return members;
                });
        return CompletableFuture.completedFuture(copy);
    }

    /** Channels that have members. */
    public int size() {
        return channels.size();
    }
}
