package dev.fanfare.core.session;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.session.UserCommand.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this node by user, on whatever event loop they live. Any thread.
 *
 * <p>There is one entry per user; the user's other sessions hang on the newest one, linked through
 * fields of their own. So a connection costs about forty bytes here, and any number of connections
 * of one user come and go at the same price. The links are touched only inside the map's atomic
 * operations on their user.
 */
public final class UserDirectory {
    private final ConcurrentMap<String, Session> newest = new ConcurrentHashMap<>();
    private final LongAdder sessions = new LongAdder();

    /** Clients without a user count as one. */
    public int users() {
        return newest.size();
    }

    public int sessions() {
        return sessions.intValue();
    }

    /**
     * Has it done by the sessions of this node that are meant.
     *
     * @return completes when they have done it, on any thread
     */
    public CompletionStage<Void> tell(UserCommand command) {
        return CompletableFuture.allOf(
                find(command.target()).stream()
                        .map(session -> session.obey(command))
                        .toArray(CompletableFuture[]::new));
    }

    /** Ends all of this node. */
    public void disconnectAll(Disconnect why) {
        for (var user : newest.keySet()) {
            find(Target.of(user)).forEach(session -> session.disconnectSoon(why));
        }
    }

    void add(Session session) {
        newest.compute(
                session.client().user(),
                (user, head) -> {
                    session.older = head;
                    if (head != null) {
                        head.newer = session;
                    }
                    return session;
                });
        sessions.increment();
    }

    void remove(Session session) {
        newest.computeIfPresent(session.client().user(), (user, head) -> unlink(session, head));
        sessions.decrement();
    }

    /** The user's newest session of those that stay; null: none does. */
    private static @Nullable Session unlink(Session session, Session head) {
        var newer = session.newer;
        var older = session.older;
        session.newer = null;
        session.older = null;
        if (older != null) {
            older.newer = newer;
        }
        if (newer == null) {
            return older;
        }
        newer.older = older;
        return head;
    }

    private List<Session> find(Target target) {
        var found = new ArrayList<Session>();
        newest.computeIfPresent(
                target.user(),
                (user, head) -> {
                    for (var each = head; each != null; each = each.older) {
                        if (target.means(each.peer())) {
                            found.add(each);
                        }
                    }
                    return head;
                });
        return found;
    }
}
