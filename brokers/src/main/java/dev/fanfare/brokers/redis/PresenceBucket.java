package dev.fanfare.brokers.redis;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fanfare.brokers.redis.PresenceScripts.Member;
import dev.fanfare.brokers.redis.PresenceScripts.Reaped;
import dev.fanfare.brokers.redis.PresenceScripts.Seat;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.presence.PresenceListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The members that this node speaks for in channels that share one tag. Any thread. The lock is
 * held while a script is handed over, which blocks nobody: so what is known here and what Redis is
 * told change in the same order.
 */
final class PresenceBucket {
    /**
     * @param stored whether Redis has said that it has it
     */
    private record Own(ClientInfo info, boolean stored) {}

    /** One that is to be taken out, since when by {@link System#nanoTime}. */
    private record Leaver(Seat seat, long since, CompletableFuture<Boolean> gone) {
        Leaver(Seat seat) {
            this(seat, System.nanoTime(), new CompletableFuture<>());
        }
    }

    private static final CompletableFuture<Void> DONE = CompletableFuture.completedFuture(null);

    private final PresenceScripts scripts;
    private final PresenceTerms terms;
    private final Supplier<PresenceListener> listener;

    @GuardedBy("this")
    private final Map<Seat, Own> own = new HashMap<>();

    /** Those that could not be taken out. */
    @GuardedBy("this")
    private final Map<Seat, Leaver> leavers = new HashMap<>();

    @GuardedBy("this")
    private boolean owes;

    @GuardedBy("this")
    private boolean closed;

    PresenceBucket(
            PresenceScripts scripts, PresenceTerms terms, Supplier<PresenceListener> listener) {
        this.scripts = scripts;
        this.terms = terms;
        this.listener = listener;
    }

    /** Where it fails, it is tried again with the next {@link #refresh}. */
    CompletionStage<Void> add(Member member) {
        var seat = member.seat();
        var members = List.of(member);
        List<Leaver> before;
        CompletionStage<List<Boolean>> removed;
        CompletionStage<List<Boolean>> put;
        synchronized (this) {
            if (closed) {
                return closedAlready();
            }
            var leaver = leavers.remove(seat);
            before = leaver == null ? List.of() : List.of(leaver);
            removed = handOver(before);
            boolean known = own.put(seat, new Own(member.info(), false)) != null;
            put = scripts.put(members, known);
        }
        var _ = takenOut(before, removed);
        return settled(members, put, false);
    }

    /** Where it fails, it is tried again with the next {@link #refresh}. */
    CompletionStage<Boolean> remove(Seat seat) {
        var leaver = new Leaver(seat);
        CompletionStage<List<Boolean>> removed;
        synchronized (this) {
            if (closed) {
                return closedAlready();
            }
            own.remove(seat);
            removed = handOver(List.of(leaver));
        }
        var _ = takenOut(List.of(leaver), removed);
        return leaver.gone();
    }

    CompletionStage<Map<String, ClientInfo>> members(Channel channel) {
        return scripts.members(channel)
                .thenApply(
                        members -> {
                            var byClient = HashMap.<String, ClientInfo>newHashMap(members.size());
                            members.forEach(member -> byClient.put(member.client(), member));
                            return byClient;
                        });
    }

    /** Whether something has failed since the last {@link #refresh}. */
    synchronized boolean owes() {
        return owes;
    }

    /** Speaks for all members of this node, and tries again what has failed. */
    CompletionStage<Void> refresh() {
        return inTurn(leavers(), this::takeOutAgain)
                .thenCompose(_ -> inTurn(seats(false), this::putAgain))
                .thenCompose(_ -> inTurn(seats(true), this::refresh));
    }

    /**
     * Tells of members that nobody has spoken for in time. This node should have for its own.
     *
     * @param survived whether this node lived all the time that nobody came by, if nobody did
     */
    CompletionStage<Reaped> reap(boolean survived) {
        return scripts.reap(survived)
                .whenComplete(
                        (reaped, _) -> {
                            if (reaped != null) {
                                reaped.expired().forEach(this::expired);
                            }
                        });
    }

    private void expired(Member member) {
        listener.get().onExpired(member.channel(), member.info());
    }

    /** Takes out all members of this node, and tells of them: nobody else will. */
    CompletionStage<Void> close() {
        List<Leaver> last;
        synchronized (this) {
            closed = true;
            last = new ArrayList<>(leavers.values());
            own.forEach(
                    (seat, member) -> last.add(evicted(new Member(seat.channel(), member.info()))));
            own.clear();
            leavers.clear();
        }
        return inTurn(last, this::takeOut);
    }

    private Leaver evicted(Member member) {
        var leaver = new Leaver(member.seat());
        var _ =
                leaver.gone()
                        .thenAccept(
                                unknown -> {
                                    if (unknown) {
                                        expired(member);
                                    }
                                });
        return leaver;
    }

    private synchronized List<Leaver> leavers() {
        owes = false;
        return List.copyOf(leavers.values());
    }

    private synchronized List<Seat> seats(boolean stored) {
        var seats = new ArrayList<Seat>();
        own.forEach(
                (seat, member) -> {
                    if (member.stored() == stored) {
                        seats.add(seat);
                    }
                });
        return seats;
    }

    private CompletionStage<Void> refresh(List<Seat> seats) {
        return scripts.refresh(seats)
                .thenCompose(missing -> missing.isEmpty() ? DONE : putAgain(missing));
    }

    /** Redis does not know them: it never did, or they had expired, or it has lost them. */
    private CompletionStage<Void> putAgain(List<Seat> seats) {
        var members = new ArrayList<Member>(seats.size());
        CompletionStage<List<Boolean>> put;
        synchronized (this) {
            for (var seat : seats) {
                var member = own.get(seat);
                if (member != null) {
                    own.put(seat, new Own(member.info(), false));
                    members.add(new Member(seat.channel(), member.info()));
                }
            }
            if (members.isEmpty()) {
                return DONE;
            }
            put = scripts.put(members, true);
        }
        return settled(members, put, true);
    }

    private CompletionStage<Void> settled(
            List<Member> members, CompletionStage<List<Boolean>> put, boolean again) {
        return put.whenComplete((_, failure) -> note(failure))
                .thenAccept(
                        returned -> {
                            for (int index = 0; index < members.size(); index++) {
                                stored(members.get(index), returned.get(index), again);
                            }
                        });
    }

    private void stored(Member member, boolean returned, boolean again) {
        boolean current;
        synchronized (this) {
            var info = member.info();
            current = own.replace(member.seat(), new Own(info, false), new Own(info, true));
        }
        if (returned) {
            listener.get().onReturned(member.channel(), member.info());
        } else if (again && current) {
            listener.get().onRestored(member.channel(), member.info());
        }
    }

    private CompletionStage<Void> takeOutAgain(List<Leaver> late) {
        var again = new ArrayList<Leaver>(late.size());
        CompletionStage<List<Boolean>> removed;
        synchronized (this) {
            for (var leaver : late) {
                if (leavers.remove(leaver.seat(), leaver) && !isExpired(leaver)) {
                    again.add(leaver);
                }
            }
            removed = handOver(again);
        }
        return takenOut(again, removed);
    }

    /** Where its time to live is over it is out without our doing, and some node hears so. */
    private boolean isExpired(Leaver leaver) {
        boolean expired = System.nanoTime() - leaver.since() > terms.timeToLive().toNanos();
        if (expired) {
            leaver.gone().completeExceptionally(new Unavailable("presence: not taken out"));
        }
        return expired;
    }

    private CompletionStage<Void> takeOut(List<Leaver> last) {
        return takenOut(last, handOver(last));
    }

    private CompletionStage<List<Boolean>> handOver(List<Leaver> last) {
        return last.isEmpty()
                ? CompletableFuture.completedStage(List.of())
                : scripts.remove(last.stream().map(Leaver::seat).toList());
    }

    private CompletionStage<Void> takenOut(
            List<Leaver> leavers, CompletionStage<List<Boolean>> removed) {
        return removed.whenComplete(
                        (unknown, failure) -> {
                            note(failure);
                            for (int index = 0; index < leavers.size(); index++) {
                                var leaver = leavers.get(index);
                                if (failure == null) {
                                    leaver.gone().complete(unknown.get(index));
                                } else if (!isKept(leaver)) {
                                    leaver.gone().completeExceptionally(failure);
                                }
                            }
                        })
                .thenAccept(_ -> {});
    }

    /** For another try; but not where its client has come again meanwhile. */
    private synchronized boolean isKept(Leaver leaver) {
        return !closed
                && !own.containsKey(leaver.seat())
                && leavers.putIfAbsent(leaver.seat(), leaver) == null;
    }

    private synchronized void note(@Nullable Throwable failure) {
        owes |= failure != null;
    }

    private static <T> CompletionStage<Void> inTurn(
            List<T> all, Function<List<T>, CompletionStage<Void>> step) {
        int most = PresenceScripts.MOST;
        if (all.size() <= most) {
            return all.isEmpty() ? DONE : step.apply(all);
        }
        return step.apply(all.subList(0, most))
                .thenCompose(_ -> inTurn(all.subList(most, all.size()), step));
    }

    private static <T> CompletionStage<T> closedAlready() {
        return CompletableFuture.failedStage(new Unavailable("presence: closed"));
    }
}
