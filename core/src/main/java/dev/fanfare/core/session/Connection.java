package dev.fanfare.core.session;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Frame;

/**
 * The way out to one client, and nothing else: whoever owns the socket reads it and tells the
 * {@link Session}. Lives on the client's event loop; nothing else may call it.
 */
public interface Connection {
    /** Queues the frame behind all earlier ones. It stays the caller's to close. */
    void send(Frame frame);

    /** Gives everything queued to the socket. */
    void flush();

    /** Bytes queued here that the socket has not taken yet. */
    long pendingBytes();

    /**
     * Says why, as far as the socket still takes it, and ends the connection. Repeats do nothing.
     */
    void close(Disconnect why);
}
