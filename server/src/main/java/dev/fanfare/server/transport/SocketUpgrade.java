package dev.fanfare.server.transport;

import dev.fanfare.server.http.Problem;
import dev.fanfare.server.transport.WebSocketTransport.Options;
import dev.fanfare.server.websocket.DeflateOffer;
import dev.fanfare.server.websocket.WebSocketConnection;
import dev.fanfare.server.websocket.WebSocketHandler;
import dev.fanfare.server.websocket.WebSocketListener;
import dev.fanfare.server.websocket.WebSocketUpgrade;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request for a WebSocket: checked, answered by Vert.x, and then the connection taken over. Its
 * handlers leave the pipeline and ours is all that stays. Lives on the request's event loop.
 */
public final class SocketUpgrade {
    private static final Logger LOG = LoggerFactory.getLogger(SocketUpgrade.class);

    private final HttpServerRequest request;
    private final Options options;
    private final String accept;
    private final @Nullable String deflate;
    private final Channel channel;
    private final WebSocketConnection connection;

    private SocketUpgrade(HttpServerRequest request, Options options, String accept) {
        this.request = request;
        this.options = options;
        this.accept = accept;
        this.deflate =
                options.deflate()
                        ? DeflateOffer.accept(joined(request, "Sec-WebSocket-Extensions"))
                                .orElse(null)
                        : null;
        channel = ((ConnectionBase) request.connection()).channel();
        connection = new WebSocketConnection(channel);
    }

    /**
     * @param next gets the upgrade where the request is one; otherwise the request is answered
     */
    public static void check(
            HttpServerRequest request, Gate gate, Options options, Consumer<SocketUpgrade> next) {
        switch (WebSocketUpgrade.check(upgradeRequest(request))) {
            case WebSocketUpgrade.Refused refused -> refuse(request, gate, refused);
            case WebSocketUpgrade.Accepted(var accept) ->
                    next.accept(new SocketUpgrade(request, options, accept));
        }
    }

    public WebSocketConnection connection() {
        return connection;
    }

    public Channel channel() {
        return channel;
    }

    public boolean deflates() {
        return deflate != null;
    }

    /** The header's values as one list; null where it is missing. */
    static @Nullable String joined(HttpServerRequest request, String header) {
        var values = request.headers().getAll(header);
        return values.isEmpty() ? null : String.join(",", values);
    }

    /**
     * Answers with 101.
     *
     * @param listener hears the client from then on
     * @param open called when the socket is ours, and {@code gone} instead if the client has left
     */
    public void complete(WebSocketListener listener, Runnable open, Runnable gone) {
        if (!channel.isActive()) {
            gone.run();
            return;
        }
        var response = request.response().putHeader("Sec-WebSocket-Accept", accept);
        response.putHeader("Upgrade", "websocket").putHeader("Connection", "Upgrade");
        if (deflate != null) {
            response.putHeader("Sec-WebSocket-Extensions", deflate);
        }
        var handler =
                new WebSocketHandler(connection, listener, options.maxMessageSize(), deflates());
        Future<NetSocket> answered;
        try {
            answered = request.toNetSocket();
        } catch (RuntimeException e) {
            LOG.warn("{} to {}: no upgrade", request.path(), request.remoteAddress(), e);
            var _ = channel.close();
            gone.run();
            return;
        }
        answered.onComplete(
                upgraded -> {
                    takeOver(channel, handler);
                    (channel.isActive() ? open : gone).run();
                });
    }

    private static void takeOver(Channel channel, WebSocketHandler handler) {
        var pipeline = channel.pipeline();
        for (var name : pipeline.names()) {
            if (pipeline.get(name) != null && !(pipeline.get(name) instanceof SslHandler)) {
                pipeline.remove(name);
            }
        }
        pipeline.addLast(handler);
        channel.config().setAutoRead(true);
    }

    private static WebSocketUpgrade.Request upgradeRequest(HttpServerRequest request) {
        return new WebSocketUpgrade.Request(
                request.method().name(),
                joined(request, "Upgrade"),
                joined(request, "Connection"),
                request.getHeader("Sec-WebSocket-Version"),
                request.getHeader("Sec-WebSocket-Key"));
    }

    private static void refuse(
            HttpServerRequest request, Gate gate, WebSocketUpgrade.Refused refused) {
        refused.headers().forEach(request.response()::putHeader);
        gate.turnAway(
                request,
                Problem.upgrade(
                        refused.status(), refused.field(), refused.got(), refused.expected()));
    }
}
