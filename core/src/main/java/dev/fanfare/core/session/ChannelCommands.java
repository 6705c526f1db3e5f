package dev.fanfare.core.session;

import dev.fanfare.core.channel.Action;
import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.channel.PublishOutcome;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Reply;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one session's client does with channels beside subscribing: publishes, asks who is there and
 * what was. Lives on the session's event loop.
 */
final class ChannelCommands {
    private final Session session;
    private final SessionLoop loop;
    private final Commands commands;

    ChannelCommands(Session session, SessionLoop loop, Commands commands) {
        this.session = session;
        this.loop = loop;
        this.commands = commands;
    }

    void publish(@Nullable String tag, Command.Publish command) {
        var resolved = allowed(tag, command.channel(), Action.PUBLISH);
        if (resolved == null) {
            return;
        }
        var draft =
                new Draft(
                        command.channel(),
                        null,
                        command.event(),
                        command.payload(),
                        Audience.EVERYONE);
        var outcome = loop.channels().publishAs(publisher(resolved), resolved, draft);
        commands.await(
                outcome,
                tag,
                failed -> {},
                result -> {
                    switch (result) {
                        case PublishOutcome.Accepted accepted ->
                                session.outbox()
                                        .answer(
                                                tag,
                                                new Reply.Published(
                                                        accepted.channel(),
                                                        accepted.id(),
                                                        accepted.position()));
                        case PublishOutcome.Refused(var refusal) ->
                                session.outbox().refuse(tag, refusal);
                    }
                });
    }

    /** The client as subscribers know it. */
    private ClientInfo publisher(ResolvedChannel resolved) {
        var subscription = session.subscriptions().find(resolved.channel());
        return subscription == null ? session.client() : subscription.member();
    }

    void presence(@Nullable String tag, String name) {
        members(
                tag,
                name,
                (channel, members) ->
                        session.outbox().answer(tag, new Reply.Members(channel, members)));
    }

    void presenceStats(@Nullable String tag, String name) {
        members(
                tag,
                name,
                (channel, members) -> {
                    var users = members.values().stream().map(ClientInfo::user).distinct().count();
                    session.outbox().answer(tag, new Reply.Stats(members.size(), (int) users));
                });
    }

    private void members(
            @Nullable String tag, String name, BiConsumer<Channel, Map<String, ClientInfo>> next) {
        var resolved = allowed(tag, name, Action.PRESENCE);
        if (resolved == null) {
            return;
        }
        if (!resolved.rules().presence()) {
            session.outbox().refuse(tag, notKept(name, "presence"));
            return;
        }
        commands.await(
                loop.channels().members(resolved),
                tag,
                failed -> {},
                members -> next.accept(resolved.channel(), members));
    }

    void history(@Nullable String tag, Command.History command) {
        var resolved = allowed(tag, command.channel(), Action.HISTORY);
        if (resolved == null) {
            return;
        }
        if (!resolved.rules().keepsHistory()) {
            session.outbox().refuse(tag, notKept(command.channel(), "history"));
            return;
        }
        int most = session.rules().customs().maxHistory();
        commands.await(
                loop.channels().history(resolved, command.query().atMost(most)),
                tag,
                failed -> {},
                history -> {
                    var refusal = otherEpoch(command, history);
                    if (refusal != null) {
                        session.outbox().refuse(tag, refusal);
                    } else {
                        session.outbox()
                                .answer(tag, new Reply.Past(resolved.channel(), visible(history)));
                    }
                });
    }

    private History visible(History history) {
        return new History(
                history.publications().stream()
                        .filter(one -> one.message().audience().includes(session.client()))
                        .toList(),
                history.top());
    }

    /** The channel, if the catalogue knows it; otherwise null, and the client has its answer. */
    @Nullable ResolvedChannel known(@Nullable String tag, String name) {
        var resolved = loop.channels().find(name);
        if (resolved == null) {
            session.outbox().refuse(tag, loop.channels().unknown(name));
        }
        return resolved;
    }

    /**
     * The channel, if it is known and its rule allows this; otherwise null, and the client has its
     * answer.
     */
    private @Nullable ResolvedChannel allowed(@Nullable String tag, String name, Action action) {
        var resolved = known(tag, name);
        var refusal = resolved == null ? null : session.subscriptions().refusal(action, resolved);
        if (refusal != null) {
            session.outbox().refuse(tag, refusal);
            return null;
        }
        return resolved;
    }

    private static @Nullable Refusal otherEpoch(Command.History command, History history) {
        var since = command.query().since();
        return since == null || !since.isKnown() || since.sameEpoch(history.top())
                ? null
                : new Refusal(
                        ErrorCode.UNRECOVERABLE,
                        "since.epoch",
                        since.epoch(),
                        history.top().epoch());
    }

    private static Refusal notKept(String channel, String what) {
        return new Refusal(
                ErrorCode.NOT_AVAILABLE, "channel", channel, "a channel that keeps " + what);
    }
}
