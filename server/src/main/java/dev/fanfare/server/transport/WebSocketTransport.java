package dev.fanfare.server.transport;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.ProtocolException;
import dev.fanfare.core.session.Session;
import dev.fanfare.protocols.json.JsonCodec;
import dev.fanfare.protocols.json.StampedCodec;
import dev.fanfare.server.http.Routes;
import dev.fanfare.server.websocket.WebSocketEncoder;
import dev.fanfare.server.websocket.WebSocketListener;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    /** How publications look: alone, or in their circumstances. */
    private record Forms(WebSocketForm payloads, WebSocketForm envelopes) {}

    private final Gate gate;
    private final Doorman doorman;
    private final Options options;
    private final Forms usual;

    /** By schema version: endpoints that tell the same one share their encoders. */
    private final Map<Integer, Forms> stamped = new HashMap<>();

    public WebSocketTransport(Gate gate, Doorman doorman, Options options) {
        this.gate = gate;
        this.doorman = doorman;
        this.options = options;
        usual = new Forms(form(JsonCodec.PLAIN), form(JsonCodec.ENVELOPE));
    }

    private WebSocketForm form(Codec codec) {
        return WebSocketForm.of(codec, WebSocketEncoder.Pings.FRAMES, options.compressFrom());
    }

    public void addTo(Routes routes, Door door) {
        var forms = forms(door.endpoint().manners().schemaVersion());
        routes.add(
                HttpMethod.GET,
                door.endpoint().path(),
                request -> {
                    Notice.put(request.response(), door.endpoint());
                    SocketUpgrade.check(
                            request,
                            gate,
                            options,
                            upgrade -> admit(request, door, forms, upgrade));
                });
    }

    private Forms forms(@Nullable Integer version) {
        return version == null
                ? usual
                : stamped.computeIfAbsent(
                        version,
                        given ->
                                new Forms(
                                        form(new StampedCodec(JsonCodec.PLAIN, given)),
                                        form(new StampedCodec(JsonCodec.ENVELOPE, given))));
    }

    private void admit(HttpServerRequest request, Door door, Forms forms, SocketUpgrade upgrade) {
        var since = request.getParam("since");
        if (since != null && !Admission.wantsEnvelope(request)) {
            gate.turnAway(request, Admission.sinceWithoutEnvelope());
            return;
        }
        gate.admit(request, door, since, guest -> open(guest, forms, upgrade));
    }

    private void open(Guest guest, Forms forms, SocketUpgrade upgrade) {
        var form = guest.wantsEnvelope() ? forms.envelopes() : forms.payloads();
        doorman.open(
                guest,
                upgrade.channel().eventLoop(),
                new Opening.Manner(upgrade.connection(), form.encoder(upgrade.deflates())),
                opened -> {
                    var client = new Client(opened.session(), form.codec(), guest.seat());
                    upgrade.complete(
                            client, opened::start, () -> client.onClosed(Disconnect.CLOSED));
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
