package dev.fanfare.core.session;

import static java.util.concurrent.CompletableFuture.completedStage;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The one connection per user that is kept where the policy is that the newest replaces the older.
 * Any thread.
 *
 * <p>Each session claims its user before its client hears that it is in, and all nodes hear all
 * claims in one order: a session whose own claim has come back gives way to the next one. So the
 * last claim wins, on whatever nodes the sessions are, and whoever came in after another had heard
 * that it was in is the newer.
 */
public final class UserSessions {
    /** Says to all nodes, this one too, that a client is its user's connection now. */
    @FunctionalInterface
    public interface Claims {
        /**
         * {@link UserSessions#claimed} is called with it on all nodes, in one order.
         *
         * @return completes when it has its place in that order
         */
        CompletionStage<Void> claim(String user, String client);
    }

    /**
     * @param claimed whether its own claim has come back
     */
    private record Holder(Session session, boolean claimed) {
        boolean is(String client) {
            return session.peer().client().client().equals(client);
        }
    }

    private final Claims claims;

    /** By user: those who have claimed it and not given way, on this node. */
    private final ConcurrentMap<String, List<Holder>> holders = new ConcurrentHashMap<>();

    public UserSessions(Claims claims) {
        this.claims = claims;
    }

    /**
     * This session is to be its user's connection. Completes when no later one can go before it.
     */
    CompletionStage<Void> claim(Session session) {
        var client = session.peer().client();
        if (client.isAnonymous()) {
            return completedStage(null);
        }
        holders.merge(
                client.user(),
                List.of(new Holder(session, false)),
                (those, added) -> {
                    var all = new ArrayList<>(those);
                    all.addAll(added);
                    return all;
                });
        return claims.claim(client.user(), client.client());
    }

    /**
     * Claims may not have been heard: those who hold a user here claim it once more, so that of
     * several one gives way.
     */
    public void claimAgain() {
        holders.forEach(
                (user, those) ->
                        those.forEach(
                                holder -> {
                                    var client = holder.session().peer().client();
                                    var _ = claims.claim(user, client.client());
                                }));
    }

    /** What a session has claimed, of this node or another. */
    public void claimed(String user, String client) {
        var replaced = new ArrayList<Session>();
        holders.computeIfPresent(user, (key, those) -> after(client, those, replaced));
        replaced.forEach(Session::giveWay);
    }

    private static @Nullable List<Holder> after(
            String client, List<Holder> those, List<Session> replaced) {
        var staying = new ArrayList<Holder>(1);
        for (var holder : those) {
            if (holder.is(client)) {
                staying.add(new Holder(holder.session(), true));
            } else if (holder.claimed()) {
                replaced.add(holder.session());
            } else {
                staying.add(holder);
            }
        }
        return staying.isEmpty() ? null : staying;
    }

    /** Whether it has claimed its user and need not give way. */
    boolean holds(Session session) {
        var user = session.peer().client().user();
        return user.isEmpty()
                || holders.getOrDefault(user, List.of()).stream()
                        .anyMatch(holder -> holder.session().equals(session));
    }

    /** It has ended. */
    void remove(Session session) {
        holders.computeIfPresent(
                session.peer().client().user(),
                (user, those) -> {
                    var staying =
                            those.stream()
                                    .filter(holder -> !holder.session().equals(session))
                                    .toList();
                    return staying.isEmpty() ? null : staying;
                });
    }

    /** Users that have a connection on this node. */
    public int size() {
        return holders.size();
    }
}
