package dev.fanfare.core.channel;

import dev.fanfare.core.access.AccessRule.Asker;
import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.broker.PublishOptions;
import dev.fanfare.core.broker.Published;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.channel.ChannelRules.Content.Deltas;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.presence.PresenceListener;
import dev.fanfare.core.presence.PresenceStore;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one way to use channels: sessions, HTTP and consumers all come through here, so the
 * catalogue's rules hold for all of them. Any thread; nothing blocks.
 *
 * <p>Who comes to a channel and who leaves it is announced once, on all nodes together: by the node
 * that has the client, or by the one that hears from the {@link PresenceStore} that the client's
 * node is silent.
 */
public final class Channels implements PresenceListener {
    private record Attendee(Channel channel, String client) {
        static Attendee of(ResolvedChannel channel, ClientInfo client) {
            return new Attendee(channel.channel(), client.client());
        }
    }

    private final Catalogue catalogue;
    private final Broker broker;
    private final PresenceStore presence;
    private final Supplier<String> messageIds;
    private final Announcements announcements;

    /** Who counts as present without listening, on this node. */
    private final Set<Attendee> attendees = ConcurrentHashMap.newKeySet();

    /**
     * @param messageIds an id, never repeated, for each message that comes without one
     */
    public Channels(
            Catalogue catalogue,
            Broker broker,
            PresenceStore presence,
            Supplier<String> messageIds) {
        this.catalogue = catalogue;
        this.broker = broker;
        this.presence = presence;
        this.messageIds = messageIds;
        announcements = new Announcements(broker);
    }

    /** Null where there can be no such channel; {@link #unknown} then says why. */
    public @Nullable ResolvedChannel find(String name) {
        return catalogue.find(name);
    }

    /** Why there can be no channel of this name. */
    public Refusal unknown(String name) {
        return catalogue.refusal(name);
    }

    /** Why this identity may not do that; null when it may. */
    public static @Nullable Refusal refusal(Action action, ResolvedChannel channel, Asker asker) {
        var rule = channel.rules().access().rule(action);
        if (rule.allows(asker, channel.variables())) {
            return null;
        }
        var verb = action.name().toLowerCase(Locale.ROOT);
        return new Refusal(
                ErrorCode.PERMISSION_DENIED,
                "channel",
                channel.channel().name(),
                "for " + verb + ": " + rule.describe());
    }

    /**
     * Publishes for a backend, which has shown its own credential: access rules are not asked, all
     * others are.
     */
    public CompletionStage<PublishOutcome> publish(Draft draft) {
        var channel = find(draft.channel());
        return channel == null ? refused(unknown(draft.channel())) : publish(channel, draft, null);
    }

    /** Publishes for a client that may. */
    public CompletionStage<PublishOutcome> publishAs(
            ClientInfo client, ResolvedChannel channel, Draft draft) {
        return publish(channel, draft, client);
    }

    public CompletionStage<History> history(ResolvedChannel channel, HistoryQuery query) {
        return broker.history(channel.channel(), query, channel.rules().retention());
    }

    /** Forgets what the channel has kept; positions go on where they were. */
    public CompletionStage<Void> removeHistory(ResolvedChannel channel) {
        return broker.removeHistory(channel.channel());
    }

    /** By client id. */
    public CompletionStage<Map<String, ClientInfo>> members(ResolvedChannel channel) {
        return presence.members(channel.channel());
    }

    /** Makes the client a member, where the channel keeps any. */
    public CompletionStage<Void> join(ResolvedChannel channel, ClientInfo client) {
        return channel.rules().presence()
                ? presence.add(channel.channel(), client)
                : CompletableFuture.completedFuture(null);
    }

    /**
     * Tells subscribers who comes or goes, where the channel has it so. Where the stage fails, some
     * may not have heard it.
     */
    public CompletionStage<Void> announce(ResolvedChannel channel, Membership membership) {
        return channel.rules().joinLeave()
                ? broker.announce(channel.channel(), membership)
                : CompletableFuture.completedFuture(null);
    }

    /**
     * The client is no member any more.
     *
     * @param announced whether subscribers have heard that it came: they hear then that it left
     * @return completes when the client is out and that is told; fails where it could not be told
     */
    public CompletionStage<Void> leave(
            ResolvedChannel channel, ClientInfo client, boolean announced) {
        announcements.forget(channel.channel(), client);
        var gone =
                channel.rules().presence()
                        ? presence.remove(channel.channel(), client)
                        : CompletableFuture.completedFuture(true);
        return gone.thenCompose(
                unknown ->
                        announced && unknown
                                ? announce(channel, new Membership.Left(client))
                                : CompletableFuture.completedFuture(null));
    }

    /**
     * The client counts as present without listening. Others hear of it as soon as they can see it.
     *
     * @return completes when the client is in and that is told
     */
    public CompletionStage<Void> attend(ResolvedChannel channel, ClientInfo client) {
        attendees.add(Attendee.of(channel, client));
        return join(channel, client)
                .thenCompose(nothing -> announce(channel, new Membership.Joined(client)));
    }

    /** Ends that. Where it cannot be told at once it is told later. */
    public void depart(ResolvedChannel channel, ClientInfo client) {
        attendees.remove(Attendee.of(channel, client));
        var _ =
                leave(channel, client, true)
                        .whenComplete(
                                (nothing, failure) -> {
                                    if (Unavailable.isCauseOf(failure)) {
                                        tell(channel, new Membership.Left(client));
                                    }
                                });
    }

    /** Tells again what could not be told: to be called once or twice a second. */
    public void sweep(long now) {
        announcements.sweep(now);
    }

    @Override
    public void onExpired(Channel channel, ClientInfo member) {
        announceFor(channel, new Membership.Left(member));
    }

    @Override
    public void onReturned(Channel channel, ClientInfo member) {
        announceFor(channel, new Membership.Joined(member));
    }

    /**
     * Whoever watches who is there may have looked while the member was missing. Of members that
     * listen nobody hears again that they came.
     */
    @Override
    public void onRestored(Channel channel, ClientInfo member) {
        if (attendees.contains(new Attendee(channel, member.client()))) {
            announceFor(channel, new Membership.Joined(member));
        }
    }

    private void announceFor(Channel channel, Membership membership) {
        var resolved = find(channel.name());
        if (resolved != null) {
            tell(resolved, membership);
        }
    }

    private void tell(ResolvedChannel channel, Membership membership) {
        if (channel.rules().joinLeave()) {
            announcements.tell(channel.channel(), membership);
        }
    }

    private CompletionStage<PublishOutcome> publish(
            ResolvedChannel channel, Draft draft, @Nullable ClientInfo publisher) {
        var refusal = channel.rules().content().format().check(draft.payload());
        if (refusal == null) {
            refusal = checkEvent(channel, draft);
        }
        if (refusal != null) {
            return refused(refusal);
        }
        var content = channel.rules().content();
        var given = draft.id();
        var id = given != null ? given : messageIds.get();
        var terms = draft.terms();
        var message =
                new Message(
                        id,
                        draft.event(),
                        draft.payload(),
                        publisher,
                        draft.audience(),
                        terms.tags(),
                        terms.delta() || content.deltas() == Deltas.ALWAYS);
        var retention = terms.skipsHistory() ? Retention.NONE : channel.rules().retention();
        return broker.publish(
                        channel.channel(),
                        message,
                        new PublishOptions(retention, given, terms.version()))
                .handle(
                        (published, failure) ->
                                failure == null
                                        ? accepted(channel, id, published)
                                        : unavailable(failure));
    }

    private static PublishOutcome accepted(
            ResolvedChannel channel, String id, Published published) {
        return new PublishOutcome.Accepted(
                channel.channel(), id, published.position(), published.repeated());
    }

    /** An outage is an answer; everything else is our mistake. */
    private static PublishOutcome unavailable(Throwable failure) {
        if (Unavailable.isCauseOf(failure)) {
            return new PublishOutcome.Refused(Refusal.UNAVAILABLE);
        }
        throw new CompletionException(failure);
    }

    private @Nullable Refusal checkEvent(ResolvedChannel channel, Draft draft) {
        var events = channel.rules().events();
        if (events.isEmpty()) {
            return null;
        }
        var name = draft.event();
        if (name == null) {
            return new Refusal(ErrorCode.UNKNOWN_EVENT, "payload.type", "nothing", oneOf(events));
        }
        var contract = events.get(name);
        if (contract != null) {
            return contract.schema().check(draft.payload());
        }
        return catalogue.knowsEvent(name)
                ? new Refusal(ErrorCode.EVENT_NOT_CARRIED, "payload.type", name, oneOf(events))
                : new Refusal(ErrorCode.UNKNOWN_EVENT, "payload.type", name, oneOf(events));
    }

    private static String oneOf(Map<String, EventContract> events) {
        return events.keySet().stream()
                .sorted()
                .collect(Collectors.joining(", ", "an event of this channel: ", ""));
    }

    private static CompletionStage<PublishOutcome> refused(Refusal refusal) {
        return CompletableFuture.completedFuture(new PublishOutcome.Refused(refusal));
    }
}
