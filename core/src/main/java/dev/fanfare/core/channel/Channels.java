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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
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
    private final Catalogue catalogue;
    private final Broker broker;
    private final PresenceStore presence;
    private final Supplier<String> messageIds;
    private final Roll roll;
    private final DraftCheck drafts;

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
        roll = new Roll(broker, presence);
        drafts = new DraftCheck(catalogue);
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

    /** Why the channel does not carry this, whoever publishes it; null when it does. */
    public @Nullable Refusal refusal(ResolvedChannel channel, Draft draft) {
        return drafts.refusal(channel.rules(), draft);
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
        return roll.add(channel, client);
    }

    /**
     * Tells subscribers who comes or goes, where the channel has it so. Where the stage fails, some
     * may not have heard it.
     */
    public CompletionStage<Void> announce(ResolvedChannel channel, Membership membership) {
        return roll.announce(channel, membership);
    }

    /**
     * The client is no member any more.
     *
     * @param announced whether subscribers have heard that it came: they hear then that it left
     * @return completes when the client is out and that is told; fails where it could not be told
     */
    public CompletionStage<Void> leave(
            ResolvedChannel channel, ClientInfo client, boolean announced) {
        return roll.leave(channel, client, announced);
    }

    /**
     * The client counts as present without listening. Others hear of it as soon as they can see it.
     *
     * @return completes when the client is in and that is told
     */
    public CompletionStage<Void> attend(ResolvedChannel channel, ClientInfo client) {
        return roll.attend(channel, client);
    }

    /** Ends that. Where it cannot be told at once it is told later. */
    public void depart(ResolvedChannel channel, ClientInfo client) {
        roll.depart(channel, client);
    }

    /**
     * The client enters by its own wish, listening or not, and says something about itself: it is a
     * member of a channel that keeps them. Whoever listens to members there hears of it, whatever
     * the channel has about joining and leaving; where it cannot be told at once, later.
     *
     * @return completes when the client is in; where it fails, it may be in, or come in yet
     */
    public CompletionStage<Void> enter(ResolvedChannel channel, ClientInfo client) {
        return roll.enter(channel, client);
    }

    /** A client that has entered has something new to say about itself. */
    public CompletionStage<Void> update(ResolvedChannel channel, ClientInfo client) {
        return roll.show(channel, new Membership.Updated(client));
    }

    /**
     * Ends what {@link #enter} began.
     *
     * @param client with its last words
     * @return completes when the client is out
     */
    public CompletionStage<Void> withdraw(ResolvedChannel channel, ClientInfo client) {
        return roll.withdraw(channel, client);
    }

    /** Tells again what could not be told: to be called once or twice a second. */
    public void sweep(long now) {
        roll.sweep(now);
    }

    @Override
    public void onExpired(Channel channel, ClientInfo member) {
        if (find(channel.name()) != null) {
            roll.tell(channel, new Membership.Left(member));
        }
    }

    @Override
    public void onReturned(Channel channel, ClientInfo member) {
        if (find(channel.name()) != null) {
            roll.tell(channel, new Membership.Joined(member));
        }
    }

    /**
     * Whoever watches who is there may have looked while the member was missing. Of members that
     * listen nobody hears again that they came.
     */
    @Override
    public void onRestored(Channel channel, ClientInfo member) {
        if (roll.hasAttendee(channel, member)) {
            onReturned(channel, member);
        }
    }

    private CompletionStage<PublishOutcome> publish(
            ResolvedChannel channel, Draft draft, @Nullable ClientInfo publisher) {
        var refusal = refusal(channel, draft);
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

    private static CompletionStage<PublishOutcome> refused(Refusal refusal) {
        return CompletableFuture.completedFuture(new PublishOutcome.Refused(refusal));
    }
}
