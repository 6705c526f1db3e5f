package dev.fanfare.core.session;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.channel.Action;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Unsubscribe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The channels one session listens to. The order in which a subscription comes about leaves no gap:
 * it is registered with the hub and holds back what arrives, then history is read, then the client
 * is told, then it goes live. Lives on the session's event loop.
 */
final class Subscriptions {
    /**
     * A subscription that is registered and knows what its client missed, but has not gone live.
     */
    private record Prepared(Subscription subscription, Replay replay) {
        Push.Subscribed start() {
            return new Push.Subscribed(subscription.channel(), subscription.terms(replay.start()));
        }
    }

    /** A channel of the catalogue that the session may subscribe to, and where it left off. */
    private record Wanted(ResolvedChannel resolved, @Nullable StreamPosition since) {}

    private final Session session;
    private final SessionLoop loop;
    private final SessionRules rules;
    private final List<Subscription> all = new ArrayList<>(1);
    private List<Prepared> prepared = List.of();

    /** No subscription expires before. */
    private long soonest = Identity.NEVER;

    Subscriptions(Session session, SessionLoop loop, SessionRules rules) {
        this.session = session;
        this.loop = loop;
        this.rules = rules;
    }

    int size() {
        return all.size();
    }

    @Nullable Subscription find(Channel channel) {
        for (var subscription : all) {
            if (subscription.channel().equals(channel)) {
                return subscription;
            }
        }
        return null;
    }

    /** All or none; see {@link Session#open}. */
    CompletionStage<List<Refusal>> prepare(List<Wish> wishes) {
        var wanted = new LinkedHashMap<Channel, Wanted>();
        var refusals = new ArrayList<Refusal>();
        for (var wish : wishes) {
            var resolved = loop.channels().find(wish.channel());
            var refusal =
                    resolved == null ? Channels.unknown(wish.channel()) : refusal(wish, resolved);
            if (refusal != null) {
                refusals.add(refusal);
            } else if (resolved != null) {
                wanted.putIfAbsent(resolved.channel(), new Wanted(resolved, wish.since()));
            }
        }
        if (refusals.isEmpty() && wanted.size() > rules.maxChannels()) {
            refusals.add(tooMany(wanted.size()));
        }
        return refusals.isEmpty()
                ? establishAll(wanted.values())
                : CompletableFuture.completedFuture(refusals);
    }

    /**
     * What {@link #prepare} has prepared goes live. The client learns where it stands on all
     * channels before it gets what it missed on the first.
     */
    void start() {
        var ready = prepared;
        prepared = List.of();
        session.send(ready.stream().map(Prepared::start).toList());
        for (var each : ready) {
            start(each.subscription(), each.replay());
        }
    }

    /** What {@link #prepare} has prepared, in the words of an answer. */
    List<Reply.Subscribed> prepared() {
        return prepared.stream().map(each -> told(each.subscription(), each.replay())).toList();
    }

    /** The client has been told of {@link #prepared}. */
    void goLive() {
        var ready = prepared;
        prepared = List.of();
        ready.forEach(each -> each.subscription().goLive(each.replay().position()));
    }

    /** What the client is told of a subscription before it goes live. */
    Reply.Subscribed told(Subscription subscription, Replay replay) {
        return new Reply.Subscribed(
                subscription.channel(),
                replay.position(),
                replay.recovery(),
                subscription.meant(replay.missed()),
                subscription.terms(replay.start()));
    }

    private void start(Subscription subscription, Replay replay) {
        if (subscription.hasEnded()) {
            return; // one that started before it has ended the session
        }
        continueAfter(subscription, replay);
    }

    /** Why there can be no further subscription to the channel, whoever asks; null: there can. */
    @Nullable Refusal crowded(ResolvedChannel resolved) {
        var name = resolved.channel().name();
        if (find(resolved.channel()) != null) {
            return new Refusal(
                    ErrorCode.ALREADY_SUBSCRIBED,
                    "channel",
                    name,
                    "a channel you are not subscribed to");
        }
        return all.size() < rules.maxChannels() ? null : tooMany(all.size() + 1);
    }

    private @Nullable Refusal refusal(Wish wish, ResolvedChannel resolved) {
        var crowded = crowded(resolved);
        return crowded != null || wish.granted()
                ? crowded
                : session.refusal(Action.SUBSCRIBE, resolved);
    }

    /** From then on, and a while for its refresh, it is no more. */
    void expire(Subscription subscription, long at) {
        subscription.expireAt(at);
        soonest = Math.min(soonest, at);
    }

    /** Ends what has expired. */
    void sweep(long now) {
        long late = now - rules.customs().grace().toMillis();
        if (late < soonest) {
            return;
        }
        soonest = Identity.NEVER;
        for (var subscription : List.copyOf(all)) {
            if (subscription.expiresAt() <= late) {
                end(subscription, Unsubscribe.EXPIRED);
            } else {
                soonest = Math.min(soonest, subscription.expiresAt());
            }
        }
    }

    @Nullable Subscription named(String name) {
        return name.isEmpty() ? null : find(new Channel(name));
    }

    /**
     * Registers the subscription and finds out what its client missed; it stays for {@link
     * Subscription#goLive}.
     */
    CompletionStage<Replay> establish(Subscription subscription, @Nullable StreamPosition since) {
        all.add(subscription);
        loop.observer().subscribed(session);
        var confirmed = loop.shard().add(subscription.channel(), subscription);
        var joined = loop.channels().join(subscription.resolved(), session.client());
        return confirmed
                .thenCombine(joined, (first, second) -> since)
                .thenCompose(given -> read(subscription, since));
    }

    void remove(Subscription subscription) {
        if (all.remove(subscription)) {
            end(subscription);
        }
    }

    void end() {
        all.forEach(this::end);
        all.clear();
        prepared = List.of();
    }

    /** A gap in what arrived: fills it from history, or tells the client that it cannot. */
    void refill(Subscription subscription, StreamPosition since) {
        loop.then(
                read(subscription, since),
                (replay, failure) -> {
                    if (subscription.hasEnded()) {
                        return;
                    }
                    if (replay == null) {
                        session.disconnect(Disconnect.INSUFFICIENT_STATE);
                        return;
                    }
                    continueAfter(subscription, replay);
                });
    }

    /** What is held back takes memory: a session that cannot go live in time starts again. */
    void checkHeldBack(int count) {
        if (count > rules.maxWaiting()) {
            session.disconnect(Disconnect.INSUFFICIENT_STATE);
        }
    }

    private void continueAfter(Subscription subscription, Replay replay) {
        if (replay.recovery() == Recovery.LOST && endsOver(subscription, replay)) {
            return;
        }
        for (var publication : subscription.meant(replay.missed())) {
            session.send(new Push.Published(publication));
        }
        subscription.goLive(replay.position());
    }

    /** Says that publications are lost, in the way of the protocol; true if that was the end. */
    private boolean endsOver(Subscription subscription, Replay replay) {
        return switch (rules.customs().loss()) {
            case TOLD -> {
                session.send(new Push.Gap(subscription.channel(), replay.position()));
                yield false;
            }
            case ENDS -> {
                if (subscription.isPositioned()) {
                    end(subscription, Unsubscribe.INSUFFICIENT_STATE);
                }
                yield subscription.isPositioned();
            }
        };
    }

    private void end(Subscription subscription, Unsubscribe why) {
        if (subscription.isOfConnection()) {
            session.disconnect(Disconnect.INSUFFICIENT_STATE);
            return;
        }
        remove(subscription);
        session.send(new Push.Unsubscribed(subscription.channel(), why));
    }

    private CompletionStage<List<Refusal>> establishAll(Collection<Wanted> wanted) {
        var ready = new ArrayList<CompletableFuture<Prepared>>();
        for (var each : wanted) {
            var subscription = new Subscription(session, each.resolved(), Wish.OPTIONS, true);
            ready.add(
                    establish(subscription, each.since())
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
                    prepared =
                            session.isClosed()
                                    ? List.of()
                                    : ready.stream().map(CompletableFuture::join).toList();
                    result.complete(List.of());
                });
        return result;
    }

    private CompletionStage<Replay> read(
            Subscription subscription, @Nullable StreamPosition since) {
        if (!subscription.resolved().rules().keepsHistory()) {
            var recovery = since == null ? Recovery.NOT_ASKED : Recovery.LOST;
            return CompletableFuture.completedFuture(
                    new Replay(recovery, List.of(), StreamPosition.NONE));
        }
        var query =
                since == null ? HistoryQuery.TOP : HistoryQuery.after(since, rules.maxRecovered());
        return loop.channels()
                .history(subscription.resolved(), query)
                .thenApply(history -> Replay.of(since, history));
    }

    private void end(Subscription subscription) {
        subscription.end();
        loop.shard().remove(subscription.channel(), subscription);
        loop.channels().leave(subscription.resolved(), session.client());
        loop.observer().unsubscribed(session);
    }

    private Refusal tooMany(int count) {
        return new Refusal(
                ErrorCode.LIMIT_EXCEEDED,
                "channels",
                String.valueOf(count),
                "at most " + rules.maxChannels());
    }
}
