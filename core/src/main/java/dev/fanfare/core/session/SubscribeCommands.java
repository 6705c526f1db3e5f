package dev.fanfare.core.session;

import dev.fanfare.core.access.Grant;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.channel.Action;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.hub.Replay;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.core.protocol.Reply;
import org.jspecify.annotations.Nullable;

/**
 * How one session's client comes to channels and leaves them: by the channel's rule, or by a token
 * for it. Lives on the session's event loop.
 */
final class SubscribeCommands {
    private final Session session;
    private final Commands commands;
    private final TokenCommands tokens;
    private final ChannelCommands channels;

    SubscribeCommands(
            Session session, Commands commands, TokenCommands tokens, ChannelCommands channels) {
        this.session = session;
        this.commands = commands;
        this.tokens = tokens;
        this.channels = channels;
    }

    void subscribe(@Nullable String tag, Command.Subscribe command) {
        var resolved = channels.known(tag, command.channel());
        if (resolved == null) {
            return;
        }
        var crowded = session.subscriptions().crowded(resolved);
        var refusal = crowded == null ? Plan.refusal(resolved, command.options()) : crowded;
        if (refusal != null) {
            session.outbox().refuse(tag, refusal);
        } else if (command.options().token().isEmpty()) {
            subscribeByRule(tag, command, resolved);
        } else {
            subscribeByToken(tag, command, resolved);
        }
    }

    private void subscribeByRule(
            @Nullable String tag, Command.Subscribe command, ResolvedChannel resolved) {
        var refusal = session.subscriptions().refusal(Action.SUBSCRIBE, resolved);
        if (refusal != null) {
            session.outbox().refuse(tag, refusal);
            return;
        }
        establish(tag, command, Plan.of(resolved, command.options()));
    }

    private void subscribeByToken(
            @Nullable String tag, Command.Subscribe command, ResolvedChannel resolved) {
        tokens.read(
                tag,
                command.channel(),
                command.options().token(),
                () -> session.outbox().refuse(tag, forbidden(command.channel())),
                identity ->
                        establish(
                                tag,
                                command,
                                Plan.of(
                                        resolved,
                                        command.options(),
                                        grant(identity, command.channel()),
                                        identity.expiresAt())));
    }

    private static Grant grant(Identity identity, String channel) {
        return identity.grants().stream()
                .filter(grant -> grant.channel().equals(channel))
                .findFirst()
                .orElseGet(() -> Grant.of(channel));
    }

    private void establish(@Nullable String tag, Command.Subscribe command, Plan plan) {
        var subscriptions = session.subscriptions();
        var subscription = new Subscription(session, plan);
        var since = subscription.continuing(command.since());
        commands.await(
                subscriptions.catchup().establish(subscription, since),
                tag,
                failed -> subscriptions.remove(subscription),
                replay -> {
                    if (subscription.hasEnded()) {
                        session.outbox().refuse(tag, forbidden(command.channel()));
                        return;
                    }
                    if (replay.recovery() == Recovery.LOST && command.options().orFail()) {
                        subscriptions.remove(subscription);
                        session.outbox().refuse(tag, unrecoverable(command, replay));
                        return;
                    }
                    session.outbox().answer(tag, subscription.told(replay));
                    subscription.goLive(replay.position());
                });
    }

    void unsubscribe(@Nullable String tag, String name) {
        var subscription = session.subscriptions().named(name);
        if (subscription != null) {
            session.subscriptions().remove(subscription);
        }
        session.outbox().answer(tag, new Reply.Unsubscribed(name));
    }

    /** The subscription goes on with another token. */
    void refresh(@Nullable String tag, Command.SubRefresh command) {
        tokens.read(
                tag,
                command.channel(),
                command.token(),
                () -> session.disconnect(Disconnect.INVALID_TOKEN),
                identity -> {
                    var subscription = session.subscriptions().named(command.channel());
                    if (subscription == null) {
                        session.outbox().refuse(tag, forbidden(command.channel()));
                        return;
                    }
                    session.subscriptions().expire(subscription, identity.expiresAt());
                    session.outbox()
                            .answer(
                                    tag,
                                    new Reply.SubscriptionRefreshed(
                                            session.ttl(identity.expiresAt())));
                });
    }

    private static Refusal forbidden(String channel) {
        return new Refusal(
                ErrorCode.PERMISSION_DENIED, "channel", channel, "a token for this channel");
    }

    private static Refusal unrecoverable(Command.Subscribe command, Replay replay) {
        return new Refusal(
                ErrorCode.UNRECOVERABLE,
                "since",
                String.valueOf(command.since()),
                "a position from which everything up to " + replay.position() + " is kept");
    }
}
