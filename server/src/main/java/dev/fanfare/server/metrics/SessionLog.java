package dev.fanfare.server.metrics;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.session.Session;
import dev.fanfare.core.session.SessionObserver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells metrics and the log what sessions do. The log names connection, user and reason; it never
 * sees a token. What clients do by themselves is for those who look closely (debug); what we do to
 * them is for everybody (info).
 */
public final class SessionLog implements SessionObserver {
    private static final Logger LOG = LoggerFactory.getLogger("fanfare.sessions");

    private final SessionObserver metrics;

    public SessionLog(SessionObserver metrics) {
        this.metrics = metrics;
    }

    @Override
    public void opened(Session session) {
        metrics.opened(session);
        LOG.debug("connection {} of user {} opened", id(session), user(session));
    }

    @Override
    public void closed(Session session, Disconnect why) {
        metrics.closed(session, why);
        boolean ordinary = why.code() <= Disconnect.SHUTDOWN.code();
        if (ordinary) {
            LOG.debug(
                    "connection {} of user {} closed: {} {}",
                    id(session),
                    user(session),
                    why.code(),
                    why.reason());
        } else {
            LOG.info(
                    "connection {} of user {} closed: {} {}",
                    id(session),
                    user(session),
                    why.code(),
                    why.reason());
        }
    }

    @Override
    public void subscribed(Session session) {
        metrics.subscribed(session);
    }

    @Override
    public void unsubscribed(Session session) {
        metrics.unsubscribed(session);
    }

    @Override
    public void refused(Session session, Refusal why) {
        metrics.refused(session, why);
        // What came stays out: a client may have sent its token where none belongs.
        LOG.debug(
                "connection {} of user {} refused: {} {} (expected: {})",
                id(session),
                user(session),
                why.code().word(),
                why.field(),
                why.expected());
    }

    @Override
    public void failed(Session session, Throwable cause) {
        metrics.failed(session, cause);
        LOG.error("connection {} of user {}: a command failed", id(session), user(session), cause);
    }

    @Override
    public void sent(Session session, int bytes) {
        metrics.sent(session, bytes);
    }

    private static String id(Session session) {
        return session.client().client();
    }

    private static String user(Session session) {
        return session.client().user();
    }
}
