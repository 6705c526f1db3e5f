package dev.fanfare.core.session;

import static java.util.concurrent.CompletableFuture.completedStage;

import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.hub.Replay;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.core.protocol.Unsubscribe;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Does to one session what a backend wants. Lives on the session's event loop. */
final class UserCommands {
    private static final CompletionStage<Void> DONE = completedStage(null);

    private final Session session;
    private final SessionLoop loop;
    private final Subscriptions subscriptions;

    UserCommands(Session session, SessionLoop loop) {
        this.session = session;
        this.loop = loop;
        subscriptions = session.subscriptions();
    }

    /** Completes when it is done; there is nothing to do where the session has ended. */
    CompletionStage<Void> obey(UserCommand command) {
        if (!session.isOpen()) {
            return DONE;
        }
        return switch (command) {
            case UserCommand.Disconnect disconnect -> disconnect(disconnect);
            case UserCommand.Subscribe subscribe -> subscribe(subscribe);
            case UserCommand.Unsubscribe(_, var channel) -> unsubscribe(channel);
            case UserCommand.Refresh refresh -> refresh(refresh);
        };
    }

    private CompletionStage<Void> disconnect(UserCommand.Disconnect command) {
        if (!command.spared().contains(session.client().client())) {
            session.disconnect(command.why());
        }
        return DONE;
    }

    private CompletionStage<Void> subscribe(UserCommand.Subscribe command) {
        var channel = loop.channels().find(command.grant().channel());
        if (channel == null || subscriptions.find(channel.channel()) != null) {
            return DONE;
        }
        if (subscriptions.tooMany(1) != null) {
            session.disconnect(Disconnect.CHANNEL_LIMIT);
            return DONE;
        }
        return establish(command, channel);
    }

    private CompletionStage<Void> establish(
            UserCommand.Subscribe command, ResolvedChannel channel) {
        var subscription = new Subscription(session, Wish.of(command.grant()).plan(channel));
        subscription.expireAt(command.expiresAt());
        var since = subscription.continuing(command.since());
        var done = new CompletableFuture<Void>();
        loop.then(
                subscriptions.catchup().establish(subscription, since),
                (replay, failure) -> {
                    if (replay == null) {
                        subscriptions.remove(subscription);
                        done.completeExceptionally(
                                failure == null ? new IllegalStateException("no value") : failure);
                        return;
                    }
                    begin(subscription, replay);
                    done.complete(null);
                });
        return done;
    }

    /** What the backend hoped to fill and cannot is no loss of the client's. */
    private void begin(Subscription subscription, Replay replay) {
        if (!subscription.hasEnded()) {
            session.outbox()
                    .send(
                            new Push.Subscribed(
                                    subscription.channel(), subscription.terms(replay.start())));
            var found = new Replay(Recovery.NOT_ASKED, replay.missed(), replay.position());
            subscriptions.catchup().proceed(subscription, found);
        }
    }

    /** A client that has asked is answered first: in the protocol's words nothing ends before. */
    private CompletionStage<Void> unsubscribe(String channel) {
        var subscription = subscriptions.named(channel);
        if (subscription == null || subscription.isOfServer() || !subscription.isPending()) {
            unsubscribeNow(channel);
            return DONE;
        }
        var done = new CompletableFuture<Void>();
        session.commands()
                .afterwards(
                        () -> {
                            unsubscribeNow(channel);
                            done.complete(null);
                        });
        return done;
    }

    private void unsubscribeNow(String channel) {
        var subscription = subscriptions.named(channel);
        if (subscription != null) {
            subscriptions.end(subscription, Unsubscribe.BY_SERVER);
        }
    }

    private CompletionStage<Void> refresh(UserCommand.Refresh command) {
        var expiresAt = command.expiresAt();
        if (expiresAt != null && expiresAt <= loop.now()) {
            session.disconnect(Disconnect.EXPIRED);
            return DONE;
        }
        subscriptions.show(() -> session.pass().change(expiresAt, command.info()));
        if (expiresAt != null) {
            session.outbox().send(new Push.Refreshed(session.ttl(expiresAt)));
        }
        return DONE;
    }
}
