package dev.fanfare.server.transport;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.FrameEncoder;
import dev.fanfare.core.protocol.ProtocolException;
import dev.fanfare.core.session.Session;
import dev.fanfare.protocols.json.JsonCodec;
import dev.fanfare.server.http.Problem;
import dev.fanfare.server.websocket.DeflateOffer;
import dev.fanfare.server.websocket.WebSocketConnection;
import dev.fanfare.server.websocket.WebSocketEncoder;
import dev.fanfare.server.websocket.WebSocketFraming;
import dev.fanfare.server.websocket.WebSocketHandler;
import dev.fanfare.server.websocket.WebSocketListener;
import dev.fanfare.server.websocket.WebSocketUpgrade;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Optional;
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

    /** One wire form, and the encoders that all its connections share. */
    private record Form(Codec codec, FrameEncoder plain, FrameEncoder deflated) {
        FrameEncoder encoder(boolean deflate) {
            return deflate ? deflated : plain;
        }

        static Form of(Codec codec, int compressFrom) {
            return new Form(
                    codec,
                    encoder(codec, WebSocketFraming.plain(ByteBufAllocator.DEFAULT)),
                    encoder(
                            codec,
                            WebSocketFraming.deflating(ByteBufAllocator.DEFAULT, compressFrom)));
        }

        private static FrameEncoder encoder(Codec codec, WebSocketFraming framing) {
            return new WebSocketEncoder(codec, framing, WebSocketEncoder.Pings.FRAMES);
        }
    }

    private final Gate gate;
    private final Doorman doorman;
    private final Options options;
    private final Form payloads;
    private final Form envelopes;

    public WebSocketTransport(Gate gate, Doorman doorman, Options options) {
        this.gate = gate;
        this.doorman = doorman;
        this.options = options;
        payloads = Form.of(JsonCodec.PLAIN, options.compressFrom());
        envelopes = Form.of(JsonCodec.ENVELOPE, options.compressFrom());
    }

    public void handle(HttpServerRequest request, Door door) {
        switch (WebSocketUpgrade.check(upgradeRequest(request))) {
            case WebSocketUpgrade.Refused refused -> refuse(request, refused);
            case WebSocketUpgrade.Accepted(var accept) -> admit(request, door, accept);
        }
    }

    private static WebSocketUpgrade.Request upgradeRequest(HttpServerRequest request) {
        return new WebSocketUpgrade.Request(
                request.method().name(),
                joined(request, "Upgrade"),
                joined(request, "Connection"),
                request.getHeader("Sec-WebSocket-Version"),
                request.getHeader("Sec-WebSocket-Key"));
    }

    private static @Nullable String joined(HttpServerRequest request, String header) {
        var values = request.headers().getAll(header);
        return values.isEmpty() ? null : String.join(",", values);
    }

    private void refuse(HttpServerRequest request, WebSocketUpgrade.Refused refused) {
        refused.headers().forEach(request.response()::putHeader);
        gate.turnAway(
                request,
                Problem.upgrade(
                        refused.status(), refused.field(), refused.got(), refused.expected()));
    }

    private void admit(HttpServerRequest request, Door door, String accept) {
        var since = request.getParam("since");
        if (since != null && !Admission.wantsEnvelope(request)) {
            gate.turnAway(request, Admission.sinceWithoutEnvelope());
            return;
        }
        gate.admit(request, door, since, guest -> open(guest, accept));
    }

    private void open(Guest guest, String accept) {
        var channel = ((ConnectionBase) guest.request().connection()).channel();
        var form = guest.wantsEnvelope() ? envelopes : payloads;
        var deflate =
                options.deflate()
                        ? DeflateOffer.accept(joined(guest.request(), "Sec-WebSocket-Extensions"))
                        : Optional.<String>empty();
        var connection = new WebSocketConnection(channel);
        doorman.open(
                guest,
                channel.eventLoop(),
                connection,
                form.encoder(deflate.isPresent()),
                session -> {
                    var response =
                            guest.request().response().putHeader("Sec-WebSocket-Accept", accept);
                    response.putHeader("Upgrade", "websocket").putHeader("Connection", "Upgrade");
                    deflate.ifPresent(
                            answer -> response.putHeader("Sec-WebSocket-Extensions", answer));
                    var client = new Client(session, form.codec(), guest.seat());
                    var handler =
                            new WebSocketHandler(
                                    connection,
                                    client,
                                    options.maxMessageSize(),
                                    deflate.isPresent());
                    guest.request()
                            .toNetSocket()
                            .onComplete(upgraded -> takeOver(channel, handler, client));
                });
    }

    /**
     * From here on the socket is ours. A client that has gone meanwhile is told off like any other
     * that goes.
     */
    private static void takeOver(Channel channel, WebSocketHandler handler, Client client) {
        var pipeline = channel.pipeline();
        for (var name : pipeline.names()) {
            if (pipeline.get(name) != null && !(pipeline.get(name) instanceof SslHandler)) {
                pipeline.remove(name);
            }
        }
        pipeline.addLast(handler);
        channel.config().setAutoRead(true);
        if (channel.isActive()) {
            client.session().start();
        } else {
            client.onClosed(Disconnect.CLOSED);
        }
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
