package dev.fanfare.server.websocket;

import dev.fanfare.core.model.Disconnect;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole of a WebSocket in its pipeline, once the HTTP upgrade is answered and the HTTP handlers
 * are gone: what arrives becomes messages, pings are answered, closing is done by the rules.
 */
public final class WebSocketHandler extends ChannelInboundHandlerAdapter
        implements WebSocketFrameDecoder.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(WebSocketHandler.class);
    private static final Disconnect LOST = new Disconnect(CloseCode.LOST, "connection lost");
    private static final Disconnect INTERNAL_ERROR =
            new Disconnect(CloseCode.INTERNAL_ERROR, "internal server error");

    private final WebSocketConnection connection;
    private final WebSocketListener listener;
    private final WebSocketFrameDecoder decoder;
    private boolean over;

    /**
     * @param maxMessageSize in bytes, after decompression; beyond it the connection is closed with
     *     code 1009
     * @param deflate whether permessage-deflate was negotiated
     */
    public WebSocketHandler(
            WebSocketConnection connection,
            WebSocketListener listener,
            int maxMessageSize,
            boolean deflate) {
        this.connection = connection;
        this.listener = listener;
        this.decoder = new WebSocketFrameDecoder(this, maxMessageSize, deflate);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        connection.open();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof ByteBuf bytes) {
                decoder.decode(bytes);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        connection.onReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        connection.onGone();
        over(LOST);
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (isOrdinary(cause)) {
            LOG.debug("connection {} lost", context.channel().id(), cause);
            connection.abort();
            return;
        }
        LOG.error("connection {} closed over our own mistake", context.channel().id(), cause);
        decoder.end();
        connection.closeUnheard(INTERNAL_ERROR);
        over(INTERNAL_ERROR);
    }

    @Override
    public void onMessage(byte[] message, boolean binary) {
        if (!connection.isClosing()) {
            listener.onMessage(message, binary);
        }
    }

    @Override
    public void onPing(byte[] payload) {
        connection.pong(payload);
        listener.onAlive();
    }

    @Override
    public void onPong() {
        listener.onAlive();
    }

    @Override
    public void onClose(Disconnect theirs) {
        connection.onClose(theirs);
        over(theirs);
    }

    @Override
    public void onViolation(Disconnect why) {
        if (why.code() == CloseCode.TOO_BIG) {
            listener.onTooLarge();
        }
        connection.closeUnheard(why);
        over(why);
    }

    /** A reset, a broken pipe, TLS gone wrong: clients come and go. */
    private static boolean isOrdinary(Throwable cause) {
        return cause instanceof IOException || cause instanceof DecoderException;
    }

    private void over(Disconnect why) {
        if (!over) {
            over = true;
            listener.onClosed(why);
        }
    }
}
