package dev.fanfare.core.fake;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.presence.MemoryPresence;
import dev.fanfare.core.presence.PresenceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Presence that a test can make unreachable, and that loses patience with members. */
public final class ReluctantPresence implements PresenceStore {
    private final MemoryPresence presence;
    private final List<Runnable> removals = new ArrayList<>();
    private boolean broken;
    private boolean expired;

    public ReluctantPresence(MemoryPresence presence) {
        this.presence = presence;
    }

    /** From now on everything fails, and removals wait, until it is mended. */
    public void breakDown() {
        broken = true;
    }

    public void mend() {
        broken = false;
        removals.forEach(Runnable::run);
        removals.clear();
    }

    /** From now on members have expired before they are taken out. */
    public void expireAll() {
        expired = true;
    }

    /** Channels that have members. */
    public int size() {
        return presence.size();
    }

    @Override
    public CompletionStage<Void> add(Channel channel, ClientInfo member) {
        return broken ? failure() : presence.add(channel, member);
    }

    @Override
    public CompletionStage<Boolean> remove(Channel channel, ClientInfo member) {
        if (!broken) {
            return presence.remove(channel, member).thenApply(unknown -> !expired);
        }
        var removed = new CompletableFuture<Boolean>();
        removals.add(
                () -> {
                    var _ = presence.remove(channel, member).thenAccept(removed::complete);
                });
        return removed;
    }

    @Override
    public CompletionStage<Map<String, ClientInfo>> members(Channel channel) {
        return broken ? failure() : presence.members(channel);
    }

    private static <T> CompletionStage<T> failure() {
        return CompletableFuture.failedFuture(new Unavailable("presence: gone"));
    }
}
