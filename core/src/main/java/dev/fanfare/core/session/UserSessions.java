package dev.fanfare.core.session;

import dev.fanfare.core.model.Disconnect;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The one connection per user that an endpoint keeps, where its policy is that the newest replaces
 * the older. Any thread.
 */
public final class UserSessions {
    private final ConcurrentMap<String, Session> newest = new ConcurrentHashMap<>();

    /** This session is its user's connection now; an older one is told so and ends. */
    public void replaceWith(Session session) {
        var user = session.client().user();
        if (user.isEmpty()) {
            return;
        }
        var older = newest.put(user, session);
        if (older != null && !older.equals(session)) {
            older.disconnectSoon(Disconnect.REPLACED);
        }
    }

    public void remove(Session session) {
        newest.remove(session.client().user(), session);
    }

    public int size() {
        return newest.size();
    }
}
