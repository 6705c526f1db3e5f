package dev.fanfare.server.transport;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Frame;
import dev.fanfare.core.session.Connection;
import dev.fanfare.server.config.Endpoint.Unidirectional;
import dev.fanfare.server.websocket.WebSocketConnection;
import dev.fanfare.server.websocket.WebSocketEncoder;

/**
 * The way to a client that only listens: it hears by a push, and by the close frame, why it has to
 * go, unless either is switched off. Lives on the channel's event loop.
 */
final class OneWaySocket implements Connection {
    private final WebSocketConnection socket;
    private final WebSocketEncoder encoder;
    private final Unidirectional terms;
    private boolean closing;

    OneWaySocket(WebSocketConnection socket, WebSocketEncoder encoder, Unidirectional terms) {
        this.socket = socket;
        this.encoder = encoder;
        this.terms = terms;
    }

    @Override
    public void send(Frame frame) {
        socket.send(frame);
    }

    @Override
    public void flush() {
        socket.flush();
    }

    @Override
    public long pendingBytes() {
        return socket.pendingBytes();
    }

    @Override
    public void close(Disconnect why) {
        if (closing) {
            return;
        }
        closing = true;
        if (terms.disconnectPush()) {
            try (var farewell = encoder.farewell(why)) {
                socket.send(farewell);
            }
        }
        if (terms.closingHandshake()) {
            socket.close(why);
        } else {
            socket.end();
        }
    }
}
