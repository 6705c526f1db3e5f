package dev.fanfare.core.session;

import dev.fanfare.core.channel.Action;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.hub.Replay;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The channels that a connection has from its beginning: all of them or none, ready before the
 * client is told that it is in. Lives on the session's event loop, until the session has begun.
 */
final class FirstChannels {
    /** A channel that the session may have, and where it left off. */
    private record Wanted(Plan plan, @Nullable StreamPosition since) {}

    /**
     * A subscription that is registered and knows what its client missed, but has not gone live.
     */
    private record Prepared(Subscription subscription, Replay replay) {
        Push.Subscribed start() {
            return new Push.Subscribed(subscription.channel(), subscription.terms(replay.start()));
        }
    }

    private final Session session;
    private final SessionLoop loop;
    private List<Prepared> prepared = List.of();

    FirstChannels(Session session, SessionLoop loop) {
        this.session = session;
        this.loop = loop;
    }

    /** See {@link Session#open}. */
    CompletionStage<List<Refusal>> prepare(List<Wish> wishes) {
        var wanted = new LinkedHashMap<Channel, Wanted>();
        var refusals = new ArrayList<Refusal>();
        for (var wish : wishes) {
            var resolved = loop.channels().find(wish.channel());
            var refusal =
                    resolved == null
                            ? loop.channels().unknown(wish.channel())
                            : refusal(wish, resolved);
            if (refusal != null) {
                refusals.add(refusal);
            } else if (resolved != null) {
                wanted.putIfAbsent(
                        resolved.channel(), new Wanted(wish.plan(resolved), wish.since()));
            }
        }
        var tooMany = session.subscriptions().tooMany(wanted.size());
        if (refusals.isEmpty() && tooMany != null) {
            refusals.add(tooMany);
        }
        return refusals.isEmpty()
                ? establishAll(wanted.values())
                : CompletableFuture.completedFuture(refusals);
    }

    /**
     * All goes live. The client learns where it stands on all channels before it gets what it
     * missed on the first.
     */
    void start() {
        session.outbox().send(prepared.stream().map(Prepared::start).toList());
        for (var each : prepared) {
            session.subscriptions().catchup().proceed(each.subscription(), each.replay());
        }
    }

    /** What is prepared, in the words of an answer. */
    List<Reply.Subscribed> told() {
        return prepared.stream().map(each -> each.subscription().told(each.replay())).toList();
    }

    /** The client has been told. */
    void goLive() {
        prepared.forEach(each -> each.subscription().goLive(each.replay().position()));
    }

    private @Nullable Refusal refusal(Wish wish, ResolvedChannel resolved) {
        var refusal =
                wish.isGranted()
                        ? null
                        : session.subscriptions().refusal(Action.SUBSCRIBE, resolved);
        return refusal == null ? Plan.refusal(resolved, wish.options()) : refusal;
    }

    private CompletionStage<List<Refusal>> establishAll(Collection<Wanted> wanted) {
        var ready = new ArrayList<CompletableFuture<Prepared>>();
        for (var each : wanted) {
            var subscription = new Subscription(session, each.plan());
            var since = subscription.continuing(each.since());
            ready.add(
                    session.subscriptions()
                            .catchup()
                            .establish(subscription, since)
                            .thenApply(replay -> new Prepared(subscription, replay))
                            .toCompletableFuture());
        }
        var result = new CompletableFuture<List<Refusal>>();
        loop.then(
                CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new)),
                (nothing, failure) -> {
                    if (failure != null) {
                        session.closed(Disconnect.INTERNAL_ERROR);
                        result.completeExceptionally(failure);
                        return;
                    }
                    prepared = ready.stream().map(CompletableFuture::join).toList();
                    result.complete(List.of());
                });
        return result;
    }
}
