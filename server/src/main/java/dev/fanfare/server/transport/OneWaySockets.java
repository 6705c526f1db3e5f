package dev.fanfare.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.protocols.centrifuge.PushCodec;
import dev.fanfare.server.transport.WebSocketTransport.Options;
import dev.fanfare.server.websocket.WebSocketEncoder.Pings;
import dev.fanfare.server.websocket.WebSocketListener;
import io.vertx.core.http.HttpServerRequest;

/**
 * The protocol compatible with Centrifugo one way, over WebSocket: a client says in the query or in
 * its first message who it is, and from then on it listens. What else it sends is passed over.
 */
public final class OneWaySockets {
    private final Gate gate;
    private final Lobby lobby;
    private final Options options;
    private final WebSocketForm single;
    private final WebSocketForm joined;

    /**
     * @param version of the server, as clients are told it
     */
    public OneWaySockets(Gate gate, Lobby lobby, Options options, String version) {
        this.gate = gate;
        this.lobby = lobby;
        this.options = options;
        single = form(version, false);
        joined = form(version, true);
    }

    private WebSocketForm form(String version, boolean joined) {
        var codec = new PushCodec(version, joined);
        return WebSocketForm.of(codec, Pings.FRAMES, options.compressFrom());
    }

    public void handle(HttpServerRequest request, Door door) {
        SocketUpgrade.check(
                request,
                gate,
                options,
                upgrade -> gate.letIn(request, door, seat -> open(request, door, upgrade, seat)));
    }

    private void open(HttpServerRequest request, Door door, SocketUpgrade upgrade, Seat seat) {
        var terms = door.endpoint().inBand().unidirectional();
        var form = terms.joined() ? joined : single;
        var encoder = form.encoder(upgrade.deflates());
        var connection = new OneWaySocket(upgrade.connection(), encoder, terms);
        var manner =
                new Lobby.Manner(
                        connection,
                        encoder,
                        form.codec(),
                        door.rules(),
                        refusal -> Farewell.of(refusal, terms));
        var client = lobby.receiveListener(door, manner, upgrade.channel().eventLoop(), seat);
        var listener = new Listener(client);
        var connect = request.getParam("cf_connect", "");
        upgrade.complete(
                listener,
                () -> {
                    if (!connect.isEmpty()) {
                        listener.onMessage(connect.getBytes(UTF_8), false);
                    }
                },
                () -> client.onClosed(Disconnect.CLOSED));
    }

    /** Takes one message. */
    private static final class Listener implements WebSocketListener {
        private final InBandClient client;
        private boolean taken;

        Listener(InBandClient client) {
            this.client = client;
        }

        @Override
        public void onMessage(byte[] message, boolean binary) {
            if (!taken) {
                taken = true;
                client.onMessage(message, binary);
            }
        }

        @Override
        public void onAlive() {
            client.onAlive();
        }

        @Override
        public void onClosed(Disconnect why) {
            client.onClosed(why);
        }
    }
}
