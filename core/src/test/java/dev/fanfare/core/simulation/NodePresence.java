package dev.fanfare.core.simulation;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.presence.PresenceStore;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** One node's way to the presence that all nodes share. */
final class NodePresence implements PresenceStore {
    private final PresenceStore shared;
    private final FarAway way;
    private final Fault fault;

    NodePresence(PresenceStore shared, FarAway way, Fault fault) {
        this.shared = shared;
        this.way = way;
        this.fault = fault;
    }

    void setCalm(boolean calm) {
        way.setCalm(calm);
    }

    @Override
    public CompletionStage<Void> add(Channel channel, ClientInfo member) {
        return way.call(
                channel,
                () ->
                        fault == Fault.PRESENCE_MISSES_JOINERS
                                ? null
                                : shared.add(channel, member).toCompletableFuture().resultNow());
    }

    /** Never fails: a store goes on trying. */
    @Override
    public CompletionStage<Boolean> remove(Channel channel, ClientInfo member) {
        return way.callSafely(
                channel,
                () ->
                        fault == Fault.PRESENCE_KEEPS_LEAVERS
                                ? true
                                : shared.remove(channel, member).toCompletableFuture().resultNow());
    }

    @Override
    public CompletionStage<Map<String, ClientInfo>> members(Channel channel) {
        return way.call(channel, () -> shared.members(channel).toCompletableFuture().resultNow());
    }
}
