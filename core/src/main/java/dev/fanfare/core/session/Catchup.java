package dev.fanfare.core.session;

import dev.fanfare.core.channel.ChannelRules.Continuity;
import dev.fanfare.core.hub.Replay;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Recovery;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Brings one session's subscriptions to where their channels are: at their beginning, and when they
 * have missed something. The order leaves no gap: a subscription is registered with the hub and
 * holds back what arrives, then history is read, then the client is told, then it goes live. Lives
 * on the session's event loop.
 */
final class Catchup {
    private final Session session;
    private final SessionLoop loop;
    private final SessionRules rules;

    Catchup(Session session, SessionLoop loop, SessionRules rules) {
        this.session = session;
        this.loop = loop;
        this.rules = rules;
    }

    /**
     * Registers the subscription and finds out what its client missed; it stays for {@link
     * Subscription#goLive}.
     */
    CompletionStage<Replay> establish(Subscription subscription, @Nullable StreamPosition since) {
        session.subscriptions().add(subscription);
        var confirmed = loop.shard().add(subscription.channel(), subscription);
        var joined = session.subscriptions().join(subscription);
        return confirmed
                .thenCombine(joined, (first, second) -> subscription)
                .thenCompose(ready -> read(ready, since));
    }

    /** A gap in what arrived: fills it from history, or tells the client that it cannot. */
    void refill(Subscription subscription, StreamPosition since) {
        loop.then(
                read(subscription, since),
                (replay, failure) -> {
                    if (subscription.hasEnded()) {
                        return;
                    }
                    if (replay != null) {
                        proceed(subscription, replay);
                    } else if (Unavailable.isCauseOf(failure)) {
                        loop.later(() -> refillIfStillThere(subscription, since));
                    } else {
                        session.disconnect(Disconnect.INSUFFICIENT_STATE);
                    }
                });
    }

    private void refillIfStillThere(Subscription subscription, StreamPosition since) {
        if (!subscription.hasEnded()) {
            refill(subscription, since);
        }
    }

    /** Something may be lost that is kept nowhere: who can be told is told. */
    void interrupted(Subscription subscription) {
        switch (rules.customs().loss()) {
            case TOLD ->
                    session.outbox()
                            .send(new Push.Gap(subscription.channel(), StreamPosition.NONE));
            case ENDS -> {
                if (subscription.cares()) {
                    session.subscriptions().endForLoss(subscription);
                }
            }
            case STARTS_OVER -> session.disconnect(Disconnect.INSUFFICIENT_STATE);
        }
    }

    /** The client knows where it stands: it gets what it missed, then what comes. */
    void proceed(Subscription subscription, Replay replay) {
        if (subscription.hasEnded()) {
            return; // one that started before it has ended the session
        }
        if (replay.recovery() == Recovery.LOST && endsOver(subscription, replay)) {
            return;
        }
        subscription.send(replay.missed());
        subscription.goLive(replay.position());
    }

    /** What is held back takes memory: a session that cannot go live in time starts again. */
    void checkHeldBack(int count) {
        if (count > rules.maxWaiting()) {
            session.disconnect(Disconnect.INSUFFICIENT_STATE);
        }
    }

    /** Says that publications are lost, in the way of the protocol; true if that was the end. */
    private boolean endsOver(Subscription subscription, Replay replay) {
        return switch (rules.customs().loss()) {
            case TOLD -> {
                session.outbox().send(new Push.Gap(subscription.channel(), replay.position()));
                yield false;
            }
            case ENDS -> {
                if (subscription.isPositioned()) {
                    session.subscriptions().endForLoss(subscription);
                }
                yield subscription.isPositioned();
            }
            case STARTS_OVER -> {
                session.disconnect(Disconnect.INSUFFICIENT_STATE);
                yield true;
            }
        };
    }

    private CompletionStage<Replay> read(
            Subscription subscription, @Nullable StreamPosition since) {
        var channel = subscription.resolved();
        if (!channel.rules().keepsHistory()) {
            var recovery = since == null ? Recovery.NOT_ASKED : Recovery.LOST;
            return CompletableFuture.completedFuture(Replay.nothing(recovery));
        }
        var continuity = channel.rules().continuity();
        return switch (continuity.mode()) {
            case STREAM ->
                    loop.channels()
                            .history(channel, missed(since))
                            .thenApply(history -> Replay.of(since, history));
            case CACHE -> {
                var known = since == null ? unasked(continuity) : since;
                yield loop.channels()
                        .history(channel, HistoryQuery.NEWEST)
                        .thenApply(history -> Replay.ofCache(known, history));
            }
        };
    }

    private HistoryQuery missed(@Nullable StreamPosition since) {
        return since == null ? HistoryQuery.TOP : HistoryQuery.after(since, rules.maxRecovered());
    }

    /** Who knows nothing stands before the first publication. */
    private static @Nullable StreamPosition unasked(Continuity continuity) {
        return continuity.automatic() ? StreamPosition.NONE : null;
    }
}
