package dev.fanfare.core.session;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Refusal;

/**
 * Watches sessions, for logs and metrics. Called on their event loops, so from several threads; it
 * must be quick.
 */
public interface SessionObserver {
    SessionObserver NONE = new SessionObserver() {};

    default void opened(Session session) {}

    default void closed(Session session, Disconnect why) {}

    default void subscribed(Session session) {}

    default void unsubscribed(Session session) {}

    /** A request of the client was refused. */
    default void refused(Session session, Refusal why) {}

    /** Something of ours failed; the client was told as much as concerns it. */
    default void failed(Session session, Throwable cause) {}

    /** Bytes were queued for the client. */
    default void sent(Session session, int bytes) {}
}
