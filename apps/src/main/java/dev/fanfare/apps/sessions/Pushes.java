package dev.fanfare.apps.sessions;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fanfare.apps.database.Database;
import dev.fanfare.push.PushObserver;
import dev.fanfare.push.PushOptions;
import dev.fanfare.push.PushProvider;
import dev.fanfare.push.PushQueue;
import dev.fanfare.push.PushRelay;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notifications of sessions: written down with what they tell of, and sent from there. */
public final class Pushes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pushes.class);

    private final PushProvider provider;

    /** Null until the database is there. */
    private volatile @Nullable PushRelay relay;

    @GuardedBy("this")
    private boolean closed;

    /**
     * @param provider is closed with these
     */
    public Pushes(
            Database database, PushProvider provider, PushOptions options, PushObserver observer) {
        this.provider = provider;
        database.whenReady(() -> start(database.source(), options, observer));
    }

    private synchronized void start(DataSource source, PushOptions options, PushObserver observer) {
        if (!closed) {
            relay = PushRelay.start(source, provider, options, observer);
        }
    }

    /**
     * To each of the user's devices, once the transaction is committed. Data that are too large for
     * a notification stay behind: the session and the event go.
     *
     * @return whether there is a device
     */
    boolean add(Handle transaction, String user, PushText text, News news) {
        var own = JsonNodeFactory.instance.objectNode();
        own.put("sessionId", news.sessionId()).put("event", news.event());
        var all = news.data().deepCopy().<ObjectNode>setAll(own).toString();
        boolean fits = PushQueue.fits(text.title(), text.body(), all);
        if (!fits) {
            LOG.warn("session {}: {} without its data", news.sessionId(), news.event());
        }
        var data = fits ? all : own.toString();
        int devices = PushQueue.add(transaction, user, text.title(), text.body(), data);
        transaction.afterCommit(this::wake);
        return devices > 0;
    }

    private void wake() {
        var running = relay;
        if (running != null) {
            running.wake();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        var running = relay;
        if (running == null) {
            provider.close();
        } else {
            running.close();
        }
    }
}
