package dev.fanfare.core.node;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.presence.PresenceStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The nodes there are, as last read. One that is not found any more counts as there for a little
 * longer: a store that has lost its data finds nobody until they speak up. Lives on the nodes'
 * loop.
 */
final class Registry {
    /**
     * @param missedAt when it was not found for the first time since it was found; 0: it is there
     */
    private record Entry(NodeName name, long missedAt) {}

    private final NodeName self;
    private final Channel channel;
    private final PresenceStore presence;
    private final Duration grace;
    private final Loop loop;
    private final InstantSource clock;
    private final Map<String, Entry> nodes = new HashMap<>();
    private long readAt;

    /**
     * @param channel whose members the nodes are
     * @param grace how long a node counts that has been found, and is not any more
     */
    Registry(
            NodeName self,
            Channel channel,
            PresenceStore presence,
            Duration grace,
            Loop loop,
            InstantSource clock) {
        this.self = self;
        this.channel = channel;
        this.presence = presence;
        this.grace = grace;
        this.loop = loop;
        this.clock = clock;
    }

    CompletionStage<Void> enter() {
        return presence.add(channel, self.member());
    }

    CompletionStage<Void> leave() {
        return presence.remove(channel, self.member()).thenAccept(_ -> {});
    }

    /** Completes on the loop, when it is known who is there now. */
    CompletionStage<Void> read() {
        readAt = clock.millis();
        var read = new CompletableFuture<Void>();
        loop.then(
                presence.members(channel),
                members -> {
                    update(members, clock.millis());
                    read.complete(null);
                },
                read::completeExceptionally);
        return read;
    }

    /** When that was asked for the last time. */
    long readAt() {
        return readAt;
    }

    /** This node has to do what all have to do, found or not. */
    private void update(Map<String, ClientInfo> members, long now) {
        nodes.replaceAll(
                (id, entry) -> entry.missedAt() > 0 ? entry : new Entry(entry.name(), now));
        members.forEach((id, member) -> nodes.put(id, new Entry(NodeName.of(member), 0)));
        nodes.put(self.id(), new Entry(self, 0));
        nodes.values()
                .removeIf(
                        entry -> entry.missedAt() > 0 && now - entry.missedAt() > grace.toMillis());
    }

    /** The node has said that it leaves. */
    void remove(String node) {
        nodes.remove(node);
    }

    Map<String, NodeName> names() {
        var names = new HashMap<String, NodeName>();
        nodes.forEach((id, entry) -> names.put(id, entry.name()));
        return names;
    }

    Optional<NodeName> find(String node) {
        return Optional.ofNullable(nodes.get(node)).map(Entry::name);
    }
}
