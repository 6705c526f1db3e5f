package dev.fanfare.ably.realtime;

import dev.fanfare.protocols.ably.Incoming;

/**
 * What one connection does on channels: where it listens, what it publishes, as whom it is present.
 * Lives on the connection's event loop; see {@link Line}.
 */
interface Attachments {
    /** Attach, Detach, Publish, Presence, Sync or Refused; everything else is the link's. */
    void take(Incoming word);

    /**
     * Nobody can be sent anything: it listens nowhere any more, and what is asked of it still is
     * done but not answered. Members stay for {@link Line#presenceGrace}.
     */
    void transportLost();

    /** The connection is continued; its client attaches anew and sends what was not answered. */
    void transportBack();

    /** Another key or token, or another capability: what is no longer allowed ends. */
    void accessChanged();

    /** About once a second, with a transport and without. */
    void sweep(long now);

    /** The connection is over: it leaves everything at once. The last call. */
    void end();
}
