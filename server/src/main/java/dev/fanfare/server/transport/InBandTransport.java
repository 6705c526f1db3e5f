package dev.fanfare.server.transport;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.ProtocolException;
import dev.fanfare.core.session.Handshake;
import dev.fanfare.core.session.SessionLoop;
import dev.fanfare.protocols.centrifuge.CentrifugeCodec;
import dev.fanfare.server.transport.WebSocketTransport.Options;
import dev.fanfare.server.websocket.WebSocketEncoder.Pings;
import dev.fanfare.server.websocket.WebSocketListener;
import io.netty.channel.EventLoop;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The protocol compatible with Centrifugo over WebSocket: clients come in first and say in band who
 * they are. The encoding is what the subprotocol or the query says; who asks for WebSocket's own
 * pings gets those and none in the protocol's words.
 */
public final class InBandTransport {
    private static final Logger LOG = LoggerFactory.getLogger(InBandTransport.class);
    private static final String JSON = "centrifuge-json";
    private static final String PROTOBUF = "centrifuge-protobuf";

    /** One encoding, with pings of either kind. */
    private record Forms(WebSocketForm words, WebSocketForm frames) {
        static Forms of(Codec codec, int compressFrom) {
            return new Forms(
                    WebSocketForm.of(codec, Pings.WORDS, compressFrom),
                    WebSocketForm.of(codec, Pings.FRAMES, compressFrom));
        }

        WebSocketForm with(Pings pings) {
            return switch (pings) {
                case WORDS -> words;
                case FRAMES -> frames;
            };
        }
    }

    private final Gate gate;
    private final Function<EventLoop, SessionLoop> loops;
    private final Supplier<String> clientIds;
    private final Options options;
    private final Duration patience;
    private final Forms json;
    private final Forms protobuf;

    /**
     * @param version of the server, as clients are told it
     * @param patience how long a client may take to be in
     */
    public InBandTransport(
            Gate gate,
            Function<EventLoop, SessionLoop> loops,
            Supplier<String> clientIds,
            Options options,
            String version,
            Duration patience) {
        this.gate = gate;
        this.loops = loops;
        this.clientIds = clientIds;
        this.options = options;
        this.patience = patience;
        json = Forms.of(CentrifugeCodec.json(version), options.compressFrom());
        protobuf = Forms.of(CentrifugeCodec.protobuf(version), options.compressFrom());
    }

    public void handle(HttpServerRequest request, Door door) {
        SocketUpgrade.check(
                request,
                gate,
                options,
                upgrade -> gate.letIn(request, seat -> open(request, door, upgrade, seat)));
    }

    private void open(HttpServerRequest request, Door door, SocketUpgrade upgrade, Seat seat) {
        var subprotocol = subprotocol(request);
        if (subprotocol != null) {
            request.response().putHeader("Sec-WebSocket-Protocol", subprotocol);
        }
        var pings = pings(request);
        var form = (isProtobuf(request, subprotocol) ? protobuf : json).with(pings);
        var encoder = form.encoder(upgrade.deflates());
        var loop = loops.apply(upgrade.channel().eventLoop());
        var guest = new Reception.Guest(clientIds.get(), upgrade.connection(), encoder);
        var host = new Reception(gate, door, pings == Pings.FRAMES, loop, guest, seat);
        var handshake = new Handshake(loop, host, upgrade.connection(), encoder, patience);
        var client = new Client(guest.client(), handshake, form.codec(), seat);
        upgrade.complete(client, () -> {}, () -> client.onClosed(Disconnect.CLOSED));
    }

    /** The first that is offered of those there are; null: none is, and none is named. */
    private static @Nullable String subprotocol(HttpServerRequest request) {
        var offered = SocketUpgrade.joined(request, "Sec-WebSocket-Protocol");
        return offered == null
                ? null
                : Stream.of(offered.split(",", -1))
                        .map(String::strip)
                        .filter(List.of(JSON, PROTOBUF)::contains)
                        .findFirst()
                        .orElse(null);
    }

    private static boolean isProtobuf(HttpServerRequest request, @Nullable String subprotocol) {
        return PROTOBUF.equals(subprotocol)
                || "protobuf".equals(request.getParam("cf_protocol"))
                || "protobuf".equals(request.getParam("format"));
    }

    private static Pings pings(HttpServerRequest request) {
        return "true".equals(request.getParam("cf_ws_frame_ping_pong"))
                ? Pings.FRAMES
                : Pings.WORDS;
    }

    /** What is read from one client. */
    private record Client(String id, Handshake handshake, Codec codec, Seat seat)
            implements WebSocketListener {
        @Override
        public void onMessage(byte[] message, boolean binary) {
            try {
                handshake.receive(codec.decode(message, binary));
            } catch (ProtocolException e) {
                LOG.info("connection {}: {}", id, e.getMessage());
                handshake.disconnect(e.disconnect());
            }
        }

        @Override
        public void onAlive() {
            handshake.heard();
        }

        @Override
        public void onClosed(Disconnect why) {
            handshake.closed(why);
            seat.leave();
        }
    }
}
