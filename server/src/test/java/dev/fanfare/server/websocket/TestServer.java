package dev.fanfare.server.websocket;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_ACCEPT;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_KEY;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_VERSION;
import static io.netty.handler.codec.http.HttpHeaderNames.UPGRADE;
import static io.netty.handler.codec.http.HttpResponseStatus.SWITCHING_PROTOCOLS;

import dev.fanfare.core.model.Disconnect;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** WebSockets on a free port of this machine, taken over from HTTP as in production. */
final class TestServer implements AutoCloseable {
    /** What a connection of the server is to do. */
    interface Application {
        WebSocketListener open(WebSocketConnection connection, WebSocketFraming framing);
    }

    private final EventLoopGroup loops =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Application application;
    private final int maxMessageSize;
    private final Channel acceptor;

    TestServer(Application application, int maxMessageSize) {
        this.application = application;
        this.maxMessageSize = maxMessageSize;
        this.acceptor =
                new ServerBootstrap()
                        .group(loops)
                        .channel(NioServerSocketChannel.class)
                        .childHandler(
                                new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel channel) {
                                        channel.pipeline()
                                                .addLast(
                                                        new HttpServerCodec(),
                                                        new HttpObjectAggregator(8192),
                                                        new Upgrade());
                                    }
                                })
                        .bind("127.0.0.1", 0)
                        .syncUninterruptibly()
                        .channel();
    }

    /** Sends every message back. */
    static TestServer echo(int maxMessageSize) {
        return new TestServer(Echo::new, maxMessageSize);
    }

    int port() {
        return ((InetSocketAddress) acceptor.localAddress()).getPort();
    }

    @Override
    public void close() {
        acceptor.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private record Echo(WebSocketConnection connection, WebSocketFraming framing)
            implements WebSocketListener {
        @Override
        public void onMessage(byte[] message, boolean binary) {
            try (var frame = framing.join(List.of(framing.message(message, binary)))) {
                connection.send(frame);
            }
            connection.flush();
        }

        @Override
        public void onAlive() {}

        @Override
        public void onClosed(Disconnect why) {}
    }

    private final class Upgrade extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            var headers = request.headers();
            var asked =
                    new WebSocketUpgrade.Request(
                            request.method().name(),
                            headers.get(UPGRADE),
                            headers.get(CONNECTION),
                            headers.get(SEC_WEBSOCKET_VERSION),
                            headers.get(SEC_WEBSOCKET_KEY));
            var accepted = (WebSocketUpgrade.Accepted) WebSocketUpgrade.check(asked);
            var extensions = DeflateOffer.accept(headers.get(SEC_WEBSOCKET_EXTENSIONS));
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, SWITCHING_PROTOCOLS);
            response.headers()
                    .set(CONNECTION, "Upgrade")
                    .set(UPGRADE, "websocket")
                    .set(SEC_WEBSOCKET_ACCEPT, accepted.accept());
            extensions.ifPresent(value -> response.headers().set(SEC_WEBSOCKET_EXTENSIONS, value));
            answer(context, response, extensions.isPresent());
        }

        private void answer(ChannelHandlerContext context, HttpResponse response, boolean deflate) {
            context.writeAndFlush(response)
                    .addListener(ChannelFutureListener.CLOSE_ON_FAILURE)
                    .addListener(written -> takeOver(context.channel(), deflate));
        }

        private void takeOver(Channel channel, boolean deflate) {
            var connection = new WebSocketConnection(channel);
            var framing =
                    deflate
                            ? WebSocketFraming.deflating(channel.alloc(), 128)
                            : WebSocketFraming.plain(channel.alloc());
            var listener = application.open(connection, framing);
            channel.pipeline()
                    .addLast(new WebSocketHandler(connection, listener, maxMessageSize, deflate));
            channel.pipeline().remove(this);
            channel.pipeline().remove(HttpObjectAggregator.class);
            channel.pipeline().remove(HttpServerCodec.class);
        }
    }
}
