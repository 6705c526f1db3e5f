package dev.fanfare.core.session;

import dev.fanfare.core.model.Disconnect;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The one connection per user that is kept where the policy is that the newest replaces the older.
 * Any thread.
 *
 * <p>On this node that happens at once. Across nodes the order of claims decides, which is the same
 * for all: a session whose own claim has come back gives way to the next one of its user; one whose
 * claim is still on its way is the newer.
 */
public final class UserSessions {
    /** Says to all nodes, this one too, that a client is its user's connection now. */
    @FunctionalInterface
    public interface Claims {
        /** Where there is no other node. */
        Claims NONE = (user, client) -> {};

        /** {@link UserSessions#claimed} is called with it on all nodes, in one order. */
        void claim(String user, String client);
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
    private final ConcurrentMap<String, Holder> newest = new ConcurrentHashMap<>();

    public UserSessions(Claims claims) {
        this.claims = claims;
    }

    /** This session is its user's connection now; an older one is told so and ends. */
    public void replaceWith(Session session) {
        var user = session.client().user();
        if (user.isEmpty()) {
            return;
        }
        var older = newest.put(user, new Holder(session, false));
        if (older != null && !older.session().equals(session)) {
            older.session().disconnectSoon(Disconnect.REPLACED);
        }
        claims.claim(user, session.client().client());
    }

    /** What some node has claimed, this one perhaps. */
    public void claimed(String user, String client) {
        var replaced = new AtomicReference<@Nullable Session>();
        newest.computeIfPresent(
                user,
                (key, holder) -> {
                    if (holder.is(client)) {
                        return new Holder(holder.session(), true);
                    }
                    if (!holder.claimed()) {
                        return holder;
                    }
                    replaced.set(holder.session());
                    return null;
                });
        var session = replaced.get();
        if (session != null) {
            session.disconnectSoon(Disconnect.REPLACED);
        }
    }

    /** Whether the client is its user's connection on this node. */
    public boolean holds(String user, String client) {
        var holder = newest.get(user);
        return holder != null && holder.is(client);
    }

    public void remove(Session session) {
        newest.computeIfPresent(
                session.client().user(),
                (user, holder) -> holder.session().equals(session) ? null : holder);
    }

    public int size() {
        return newest.size();
    }
}
