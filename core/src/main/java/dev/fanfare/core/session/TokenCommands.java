package dev.fanfare.core.session;

import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.Reply;
import java.util.function.Consumer;
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

    private void renew(@Nullable String tag, Identity identity) {
        if (identity.isOfOneChannel()) {
            session.disconnect(Disconnect.INVALID_TOKEN);
            return;
        }
        session.subscriptions()
                .show(
                        () -> {
                            switch (session.pass().renew(identity)) {
                                case RENEWED -> session.outbox().answer(tag, refreshed());
                                case OTHER_USER -> session.disconnect(Disconnect.INVALID_TOKEN);
                                case OTHER_CHANNELS ->
                                        session.disconnect(Disconnect.INSUFFICIENT_STATE);
                            }
                        });
    }

    private Reply refreshed() {
        return new Reply.Refreshed(
                session.client().client(), session.ttl(session.identity().expiresAt()));
    }

    /**
     * Reads a token that lets its user have one channel. Another user's, or another channel's, ends
     * the session.
     *
     * @param next gets it where it lets this client have the channel
     */
    void read(
            @Nullable String tag,
            String channel,
            String token,
            Runnable invalid,
            Consumer<Identity> next) {
        commands.await(
                session.tokens().subscription().authenticate(token),
                tag,
                failed -> {},
                authentication -> {
                    switch (authentication) {
                        case Authentication.Accepted(var identity) -> {
                            if (isFor(identity, channel)) {
                                next.accept(identity);
                            } else {
                                session.disconnect(Disconnect.INVALID_TOKEN);
                            }
                        }
                        case Authentication.Expired() -> session.outbox().refuse(tag, EXPIRED);
                        case Authentication.Invalid _ -> invalid.run();
                    }
                });
    }

    private boolean isFor(Identity identity, String channel) {
        var client = identity.claims().get(Identity.CLIENT);
        return identity.user().equals(session.client().user())
                && channel.equals(identity.claims().get(Identity.CHANNEL))
                && (client == null || client.equals(session.client().client()));
    }
}
