package dev.fanfare.server.ably;

import dev.fanfare.ably.realtime.Entrance;
import dev.fanfare.ably.realtime.Transport;
import dev.fanfare.ably.realtime.Voice;
import dev.fanfare.ably.realtime.Way;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.protocols.ably.AblyEncoder;
import dev.fanfare.protocols.ably.Formats;
import dev.fanfare.server.transport.Gate;
import dev.fanfare.server.transport.Seat;
import dev.fanfare.server.transport.SocketUpgrade;
import dev.fanfare.server.transport.WebSocketTransport.Options;
import dev.fanfare.server.websocket.WebSocketEncoder;
import dev.fanfare.server.websocket.WebSocketEncoder.Pings;
import dev.fanfare.server.websocket.WebSocketFraming;
import dev.fanfare.server.websocket.WebSocketListener;
import io.netty.buffer.ByteBufAllocator;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections compatible with Ably over WebSocket, one protocol message in a frame. Whoever asks
 * properly gets its socket, and hears there whether its credentials are good.
 */
public final class SocketTransport {
    private final Gate gate;
    private final Entrance entrance;
    private final Options options;
    private final Voice.Choice plain;
    private final Voice.Choice deflated;

    public SocketTransport(Gate gate, Entrance entrance, Options options, InstantSource clock) {
        this.gate = gate;
        this.entrance = entrance;
        this.options = options;
        var allocator = ByteBufAllocator.DEFAULT;
        plain = voices(WebSocketFraming.plain(allocator), clock);
        deflated = voices(WebSocketFraming.deflating(allocator, options.compressFrom()), clock);
    }

    private static Voice.Choice voices(WebSocketFraming framing, InstantSource clock) {
        return new Voice.Choice(
                voice(Formats.JSON, framing, clock), voice(Formats.MSGPACK, framing, clock));
    }

    private static Voice voice(Formats format, WebSocketFraming framing, InstantSource clock) {
        var words = new AblyEncoder(format, clock);
        return new Voice(format, new WebSocketEncoder(words, framing, Pings.FRAMES), true);
    }

    public void handle(HttpServerRequest request) {
        SocketUpgrade.check(
                request,
                gate,
                options,
                upgrade -> gate.letIn(request, seat -> open(request, upgrade, seat)));
    }

    private void open(HttpServerRequest request, SocketUpgrade upgrade, Seat seat) {
        var client = new Client(seat, options.maxMessageSize());
        var query = request.params();
        upgrade.complete(
                client,
                () ->
                        client.transport =
                                entrance.open(
                                        query::get,
                                        new Way(
                                                upgrade.connection(),
                                                upgrade.deflates() ? deflated : plain,
                                                upgrade.channel().eventLoop(),
                                                key -> {})),
                seat::leave);
    }

    /** What is read from one client. */
    private static final class Client implements WebSocketListener {
        private final Seat seat;
        private final int maxFrameSize;

        /** Null until the socket is open. */
        private @Nullable Transport transport;

        Client(Seat seat, int maxFrameSize) {
            this.seat = seat;
            this.maxFrameSize = maxFrameSize;
        }

        @Override
        public void onMessage(byte[] message, boolean binary) {
            if (transport != null) {
                transport.receive(message);
            }
        }

        @Override
        public void onAlive() {
            if (transport != null) {
                transport.heard();
            }
        }

        @Override
        public void onTooLarge() {
            if (transport != null) {
                transport.tooLarge(maxFrameSize);
            }
        }

        @Override
        public void onClosed(Disconnect why) {
            if (transport != null) {
                transport.closed();
            }
            seat.leave();
        }
    }
}
