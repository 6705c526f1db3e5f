package dev.fanfare.server.transport;

import static java.util.concurrent.CompletableFuture.completedStage;

import dev.fanfare.core.session.SessionLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The clients of this node whose commands come by requests of their own, by the secret names of
 * their sessions. Any thread.
 */
final class EmulatedSessions {
    private record Emulated(SessionLoop loop, InBandClient client) {}

    private final ConcurrentMap<String, Emulated> sessions = new ConcurrentHashMap<>();

    void add(String session, SessionLoop loop, InBandClient client) {
        sessions.put(session, new Emulated(loop, client));
    }

    void remove(String session) {
        sessions.remove(session);
    }

    /**
     * Gives commands to a session's client, in the order of the calls.
     *
     * @return whether there is such a session, once they are handled
     */
    CompletionStage<Boolean> deliver(String session, byte[] commands) {
        var emulated = sessions.get(session);
        if (emulated == null) {
            return completedStage(false);
        }
        var handled = new CompletableFuture<Boolean>();
        emulated.loop().post(() -> emulated.client().take(commands, () -> handled.complete(true)));
        return handled;
    }
}
