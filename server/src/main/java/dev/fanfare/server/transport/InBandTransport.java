package dev.fanfare.server.transport;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.protocols.centrifuge.CentrifugeCodec;
import dev.fanfare.server.transport.WebSocketTransport.Options;
import dev.fanfare.server.websocket.WebSocketEncoder.Pings;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The protocol compatible with Centrifugo over WebSocket: clients come in first and say in band who
 * they are. The encoding is what the subprotocol or the query says; who asks for WebSocket's own
 * pings gets those and none in the protocol's words.
 */
public final class InBandTransport {
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
    private final Lobby lobby;
    private final Options options;
    private final Forms json;
    private final Forms protobuf;

    /**
     * @param version of the server, as clients are told it
     */
    public InBandTransport(Gate gate, Lobby lobby, Options options, String version) {
        this.gate = gate;
        this.lobby = lobby;
        this.options = options;
        json = Forms.of(CentrifugeCodec.json(version), options.compressFrom());
        protobuf = Forms.of(CentrifugeCodec.protobuf(version), options.compressFrom());
    }

    public void handle(HttpServerRequest request, Door door) {
        SocketUpgrade.check(
                request,
                gate,
                options,
                upgrade -> gate.letIn(request, door, seat -> open(request, door, upgrade, seat)));
    }

    private void open(HttpServerRequest request, Door door, SocketUpgrade upgrade, Seat seat) {
        var subprotocol = subprotocol(request);
        if (subprotocol != null) {
            request.response().putHeader("Sec-WebSocket-Protocol", subprotocol);
        }
        var pings = pings(request);
        var form = (isProtobuf(request, subprotocol) ? protobuf : json).with(pings);
        var manner =
                new Lobby.Manner(
                        upgrade.connection(),
                        form.encoder(upgrade.deflates()),
                        form.codec(),
                        pings == Pings.FRAMES ? door.rules().withoutPongs() : door.rules());
        var client = lobby.receive(door, manner, upgrade.channel().eventLoop(), seat);
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
}
