package dev.fanfare.server.transport;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.ProtocolException;
import dev.fanfare.core.protocol.Request;
import dev.fanfare.core.session.Handshake;
import dev.fanfare.server.websocket.WebSocketListener;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is read from one client that says in band who it is, and what it leaves behind when it goes:
 * nothing. Lives on the connection's event loop.
 *
 * @param gone called when it has left
 */
record InBandClient(String id, Handshake handshake, Codec codec, Seat seat, Runnable gone)
        implements WebSocketListener {
    private static final Logger LOG = LoggerFactory.getLogger(InBandClient.class);

    @Override
    public void onMessage(byte[] message, boolean binary) {
        take(message, () -> {});
    }

    /**
     * @param handled called when all commands are, their answers queued
     */
    void take(byte[] message, Runnable handled) {
        List<Request> requests;
        try {
            requests = codec.decode(message, codec.isBinary());
        } catch (ProtocolException e) {
            LOG.info("connection {}: {}", id, e.getMessage());
            handshake.disconnect(e.disconnect());
            handled.run();
            return;
        }
        handshake.receive(requests, handled);
    }

    @Override
    public void onAlive() {
        handshake.heard();
    }

    @Override
    public void onClosed(Disconnect why) {
        handshake.closed(why);
        seat.leave();
        gone.run();
    }
}
