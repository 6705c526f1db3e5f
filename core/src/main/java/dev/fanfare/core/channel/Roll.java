package dev.fanfare.core.channel;

import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.presence.PresenceStore;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/** Who is in and who hears of it, as {@link Channels} says. Any thread. */
final class Roll {
    private record Attendee(Channel channel, String client) {
        static Attendee of(Channel channel, ClientInfo client) {
            return new Attendee(channel, client.client());
        }
    }

    private final Broker broker;
    private final PresenceStore presence;
    private final Announcements announcements;

    /** Who counts as present without listening, on this node. */
    private final Set<Attendee> attendees = ConcurrentHashMap.newKeySet();

    Roll(Broker broker, PresenceStore presence) {
        this.broker = broker;
        this.presence = presence;
        announcements = new Announcements(broker);
    }

    CompletionStage<Void> add(ResolvedChannel channel, ClientInfo client) {
        return channel.rules().presence()
                ? presence.add(channel.channel(), client)
                : CompletableFuture.completedFuture(null);
    }

    /** Completes with whether nobody knows yet. */
    private CompletionStage<Boolean> remove(ResolvedChannel channel, ClientInfo client) {
        announcements.forget(channel.channel(), client);
        return channel.rules().presence()
                ? presence.remove(channel.channel(), client)
                : CompletableFuture.completedFuture(true);
    }

    CompletionStage<Void> announce(ResolvedChannel channel, Membership membership) {
        return channel.rules().joinLeave()
                ? broker.announce(channel.channel(), membership)
                : CompletableFuture.completedFuture(null);
    }

    /** Now, or later. */
    void tell(Channel channel, Membership membership) {
        announcements.tell(channel, membership);
    }

    /** Tells again what could not be told: to be called once or twice a second. */
    void sweep(long now) {
        announcements.sweep(now);
    }

    CompletionStage<Void> leave(ResolvedChannel channel, ClientInfo client, boolean announced) {
        return remove(channel, client)
                .thenCompose(
                        unknown ->
                                announced && unknown
                                        ? announce(channel, new Membership.Left(client))
                                        : CompletableFuture.completedFuture(null));
    }

    boolean hasAttendee(Channel channel, ClientInfo client) {
        return attendees.contains(Attendee.of(channel, client));
    }

    CompletionStage<Void> attend(ResolvedChannel channel, ClientInfo client) {
        attendees.add(Attendee.of(channel.channel(), client));
        return add(channel, client)
                .thenCompose(nothing -> announce(channel, new Membership.Joined(client)));
    }

    void depart(ResolvedChannel channel, ClientInfo client) {
        attendees.remove(Attendee.of(channel.channel(), client));
        var _ =
                leave(channel, client, true)
                        .whenComplete(
                                (nothing, failure) -> {
                                    if (Unavailable.isCauseOf(failure)) {
                                        tell(channel.channel(), new Membership.Left(client));
                                    }
                                });
    }

    CompletionStage<Void> enter(ResolvedChannel channel, ClientInfo client) {
        attendees.add(Attendee.of(channel.channel(), client));
        return show(channel, new Membership.Joined(client));
    }

    /** As a member, as it is now. */
    CompletionStage<Void> show(ResolvedChannel channel, Membership membership) {
        return presence.add(channel.channel(), membership.client())
                .thenRun(() -> tell(channel.channel(), membership));
    }

    CompletionStage<Void> withdraw(ResolvedChannel channel, ClientInfo client) {
        attendees.remove(Attendee.of(channel.channel(), client));
        return remove(channel, client)
                .thenAccept(
                        unknown -> {
                            if (unknown) {
                                tell(channel.channel(), new Membership.Left(client));
                            }
                        });
    }
}
