package dev.fanfare.server.websocket;

import dev.fanfare.core.model.Disconnect;

/** What a client does on its WebSocket. Called on the connection's event loop. */
public interface WebSocketListener {
    /**
     * @param binary false: the bytes are valid UTF-8
     */
    void onMessage(byte[] message, boolean binary);

    /** A ping or a pong: the client is there. */
    void onAlive();

    /** It sends more than a message may have: the last moment to tell it so. */
    default void onTooLarge() {}

    /**
     * The connection is over, said once and last. The code is the client's own (1005: it gave
     * none), or that of the rule it broke, or 1006 where the connection was lost; after {@link
     * WebSocketConnection#close} it is whichever of these came then.
     */
    void onClosed(Disconnect why);
}
