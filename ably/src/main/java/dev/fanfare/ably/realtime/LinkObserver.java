package dev.fanfare.ably.realtime;

import dev.fanfare.protocols.ably.ErrorInfo;

/** Hears what connections do. Called on their event loops. */
public interface LinkObserver {
    /** A client is connected: newly, or again. */
    void connected(Link link);

    /** Its transport is gone; the connection may be continued. */
    void disconnected(Link link);

    /** A client was told that something cannot be, and its connection or the wish for one ended. */
    void refused(ErrorInfo why);

    void sent(int bytes);
}
