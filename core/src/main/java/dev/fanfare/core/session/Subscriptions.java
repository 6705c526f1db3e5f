package dev.fanfare.core.session;

import dev.fanfare.core.access.Identity;
import dev.fanfare.core.channel.Action;
import dev.fanfare.core.channel.ResolvedChannel;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Unsubscribe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The channels one session listens to. Lives on the session's event loop. */
final class Subscriptions {
    private final Session session;
    private final SessionLoop loop;
    private final SessionRules rules;
    private final Catchup catchup;
    private final List<Subscription> all = new ArrayList<>(1);

    /** Null: none. */
    private @Nullable Attendance attendance;

    /** No subscription expires before. */
    private long soonest = Identity.NEVER;

    Subscriptions(Session session, SessionLoop loop, SessionRules rules) {
        this.session = session;
        this.loop = loop;
        this.rules = rules;
        catchup = new Catchup(session, loop, rules);
    }

    /** How they come to where their channels are. */
    Catchup catchup() {
        return catchup;
    }

    int size() {
        return all.size();
    }

    List<Subscription> all() {
        return all;
    }

    @Nullable Subscription find(Channel channel) {
        for (var subscription : all) {
            if (subscription.channel().equals(channel)) {
                return subscription;
            }
        }
        return null;
    }

    @Nullable Subscription named(String name) {
        return name.isEmpty() ? null : find(new Channel(name));
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
        return tooMany(1);
    }

    /** Why there cannot be so many more; null: there can. */
    @Nullable Refusal tooMany(int more) {
        int count = all.size() + more;
        return count <= rules.maxChannels()
                ? null
                : new Refusal(
                        ErrorCode.LIMIT_EXCEEDED,
                        "channels",
                        String.valueOf(count),
                        "at most " + rules.maxChannels());
    }

    /** See {@link Session#attend}. */
    CompletionStage<Void> attend(List<String> names) {
        attendance = new Attendance(session, loop);
        return attendance.enter(names);
    }

    void add(Subscription subscription) {
        all.add(subscription);
        soonest = Math.min(soonest, subscription.expiresAt());
        loop.observer().subscribed(session);
    }

    /** From then on, and a while for its refresh, it is no more. */
    void expire(Subscription subscription, long at) {
        subscription.expireAt(at);
        soonest = Math.min(soonest, at);
    }

    /** Ends what has expired. */
    void sweep(long now) {
        long late = now - rules.customs().grace().subscription().toMillis();
        if (late < soonest) {
            return;
        }
        soonest = Identity.NEVER;
        for (var subscription : List.copyOf(all)) {
            if (subscription.expiresAt() <= late) {
                end(subscription, Unsubscribe.EXPIRED, Disconnect.SUBSCRIPTION_EXPIRED);
            } else {
                soonest = Math.min(soonest, subscription.expiresAt());
            }
        }
    }

    /** It cannot go on without a gap. */
    void endForLoss(Subscription subscription) {
        end(subscription, Unsubscribe.INSUFFICIENT_STATE, Disconnect.INSUFFICIENT_STATE);
    }

    /** Without a word to the client. */
    void remove(Subscription subscription) {
        if (all.remove(subscription)) {
            detach(subscription);
        }
    }

    void end() {
        all.forEach(this::detach);
        if (attendance != null) {
            attendance.leave();
        }
        all.clear();
    }

    /** Whoever asked for it. */
    void end(Subscription subscription, Unsubscribe why) {
        remove(subscription);
        session.outbox().send(new Push.Unsubscribed(subscription.channel(), why));
    }

    /** Why the client may not do that; null: it may. */
    @Nullable Refusal refusal(Action action, ResolvedChannel channel) {
        return session.pass().refusal(action, channel, find(channel.channel()) != null);
    }

    /** Its client is a member of the channel, known by what is said about it now. */
    CompletionStage<Void> join(Subscription subscription) {
        return subscription.isUnseen()
                ? CompletableFuture.completedFuture(null)
                : loop.channels().join(subscription.resolved(), subscription.member());
    }

    /**
     * Does something that may change what is known about the client: where it does, others see it.
     */
    void show(Runnable change) {
        var before = session.client();
        change.run();
        if (!session.client().equals(before)) {
            for (var subscription : all) {
                var _ = join(subscription);
            }
        }
    }

    /** What the client did not ask for it cannot ask for again: there the connection ends. */
    private void end(Subscription subscription, Unsubscribe why, Disconnect otherwise) {
        if (subscription.isOfServer()) {
            session.disconnect(otherwise);
            return;
        }
        end(subscription, why);
    }

    private void detach(Subscription subscription) {
        subscription.end();
        loop.shard().remove(subscription.channel(), subscription);
        if (!subscription.isUnseen()) {
            var member = subscription.member();
            var _ =
                    loop.channels()
                            .leave(subscription.resolved(), member, subscription.isAnnounced());
        }
        loop.observer().unsubscribed(session);
    }
}
