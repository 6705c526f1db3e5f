package dev.fanfare.server.transport;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.ProtocolException;
import dev.fanfare.core.session.Session;
import dev.fanfare.protocols.json.JsonCodec;
import dev.fanfare.server.websocket.WebSocketEncoder;
import dev.fanfare.server.websocket.WebSocketListener;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plain JSON over WebSocket. Vert.x answers the upgrade; then its handlers leave the pipeline and
 * ours is all that stays with the connection. The 101 goes out when the subscriptions are ready.
 */
public final class WebSocketTransport {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketTransport.class);

    /**
     * @param maxMessageSize in bytes
     * @param deflate whether permessage-deflate may be negotiated
     * @param compressFrom shorter messages are not compressed, in bytes
     */
    public record Options(int maxMessageSize, boolean deflate, int compressFrom) {}

    private final Gate gate;
    private final Doorman doorman;
    private final Options options;
    private final WebSocketForm payloads;
    private final WebSocketForm envelopes;

    public WebSocketTransport(Gate gate, Doorman doorman, Options options) {
        this.gate = gate;
        this.doorman = doorman;
        this.options = options;
        payloads = form(JsonCodec.PLAIN, options.compressFrom());
        envelopes = form(JsonCodec.ENVELOPE, options.compressFrom());
    }

    private static WebSocketForm form(Codec codec, int compressFrom) {
        return WebSocketForm.of(codec, WebSocketEncoder.Pings.FRAMES, compressFrom);
    }

    public void handle(HttpServerRequest request, Door door) {
        SocketUpgrade.check(request, gate, options, upgrade -> admit(request, door, upgrade));
    }

    private void admit(HttpServerRequest request, Door door, SocketUpgrade upgrade) {
        var since = request.getParam("since");
        if (since != null && !Admission.wantsEnvelope(request)) {
            gate.turnAway(request, Admission.sinceWithoutEnvelope());
            return;
        }
        gate.admit(request, door, since, guest -> open(guest, upgrade));
    }

    private void open(Guest guest, SocketUpgrade upgrade) {
        var form = guest.wantsEnvelope() ? envelopes : payloads;
        doorman.open(
                guest,
                upgrade.channel().eventLoop(),
                upgrade.connection(),
                form.encoder(upgrade.deflates()),
                session -> {
                    var client = new Client(session, form.codec(), guest.seat());
                    upgrade.complete(
                            client, session::start, () -> client.onClosed(Disconnect.CLOSED));
                });
    }

    /** What is read from one client, in the words of its protocol. */
    private record Client(Session session, Codec codec, Seat seat) implements WebSocketListener {
        @Override
        public void onMessage(byte[] message, boolean binary) {
            try {
                session.receive(codec.decode(message, binary));
            } catch (ProtocolException e) {
                LOG.info("connection {}: {}", session.client().client(), e.getMessage());
                session.disconnect(e.disconnect());
            }
        }

        @Override
        public void onAlive() {
            session.heard();
        }

        @Override
        public void onClosed(Disconnect why) {
            session.closed(why);
            seat.leave();
        }
    }
}
