package dev.fanfare.core.session;

import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Reply;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What one session does with tokens after its first: those that follow it, and those that let their
 * user have one channel, named by the claim {@code channel}. Lives on the session's event loop.
 */
final class TokenCommands {
    private static final Refusal EXPIRED =
            new Refusal(
                    ErrorCode.TOKEN_EXPIRED,
                    "token",
                    "an expired token",
                    "a token that is still good");

    private final Session session;
    private final Commands commands;

    TokenCommands(Session session, Commands commands) {
        this.session = session;
        this.commands = commands;
    }

    void refresh(@Nullable String tag, String token) {
        commands.await(
                session.tokens().connection().authenticate(token),
                tag,
                failed -> {},
                authentication -> {
                    switch (authentication) {
                        case Authentication.Accepted(var identity) -> renew(tag, identity);
                        case Authentication.Expired() -> session.disconnect(Disconnect.EXPIRED);
                        case Authentication.Invalid _ ->
                                session.disconnect(Disconnect.INVALID_TOKEN);
                    }
                });
    }

    /**
     * @param next gets the token's end, where it lets this client have the channel
     */
    void admit(@Nullable String tag, String channel, String token, LongConsumer next) {
        read(tag, channel, token, () -> session.refuse(tag, forbidden(channel)), next);
    }

    void refresh(@Nullable String tag, Command.SubRefresh command) {
        read(
                tag,
                command.channel(),
                command.token(),
                () -> session.disconnect(Disconnect.INVALID_TOKEN),
                expiresAt -> {
                    var subscription = session.subscriptions().named(command.channel());
                    if (subscription == null) {
                        session.refuse(tag, forbidden(command.channel()));
                    } else {
                        session.subscriptions().expire(subscription, expiresAt);
                        session.answer(
                                tag, new Reply.SubscriptionRefreshed(session.ttl(expiresAt)));
                    }
                });
    }

    private void renew(@Nullable String tag, Identity identity) {
        if (identity.isOfOneChannel()) {
            session.disconnect(Disconnect.INVALID_TOKEN);
        } else if (session.renew(identity)) {
            session.answer(tag, session.refreshed());
        }
    }

    private void read(
            @Nullable String tag,
            String channel,
            String token,
            Runnable invalid,
            LongConsumer next) {
        commands.await(
                session.tokens().subscription().authenticate(token),
                tag,
                failed -> {},
                authentication -> {
                    switch (authentication) {
                        case Authentication.Accepted(var identity) -> {
                            if (isFor(identity, channel)) {
                                next.accept(identity.expiresAt());
                            } else {
                                session.disconnect(Disconnect.INVALID_TOKEN);
                            }
                        }
                        case Authentication.Expired() -> session.refuse(tag, EXPIRED);
                        case Authentication.Invalid _ -> invalid.run();
                    }
                });
    }

    private boolean isFor(Identity identity, String channel) {
        return identity.user().equals(session.client().user())
                && channel.equals(identity.claims().get(Identity.CHANNEL));
    }

    private static Refusal forbidden(String channel) {
        return new Refusal(
                ErrorCode.PERMISSION_DENIED, "channel", channel, "a token for this channel");
    }
}
