package dev.fanfare.server.http;

import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_TIMEOUT;
import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ends HTTP connections on which a request does not come, or does not come to its end, in time: a
 * few bytes now and then do not help. Whoever waits for our answer is left alone, however long that
 * takes: streams are answers. In a connection's pipeline, right before the server's own handler; it
 * leaves with the other HTTP handlers when the connection becomes a WebSocket.
 *
 * <p>One timer per connection, which looks when the time that was left has passed; requests only
 * note when they begin and end.
 */
public final class RequestDeadline extends ChannelDuplexHandler {
    /** Where Vert.x has its handler. */
    private static final String SERVER = "handler";

    private final long nanos;
    private @Nullable Future<?> timer;

    /** Since when the client owes us something. */
    private long since;

    /** Of a request the head is there, and its body is not complete. */
    private boolean reading;

    private int unanswered;

    RequestDeadline(Duration limit) {
        nanos = limit.toNanos();
    }

    /** On the channel's event loop, when the connection is new. HTTP/2 is left as it is. */
    public static void guard(Channel channel, Duration limit) {
        var pipeline = channel.pipeline();
        if (pipeline.get(HttpRequestDecoder.class) != null) {
            pipeline.addBefore(SERVER, "requestDeadline", new RequestDeadline(limit));
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        since = now(context);
        lookIn(nanos, context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            since = now(context);
            reading = true;
            unanswered++;
        }
        if (message instanceof LastHttpContent) {
            reading = false;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInformational(message)) {
            unanswered--;
            since = now(context);
        }
        var _ = context.write(message, promise);
    }

    /** 100 Continue is no answer yet. */
    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void look(ChannelHandlerContext context) {
        long left = isOurTurn() ? nanos : since + nanos - now(context);
        if (left > 0) {
            lookIn(left, context);
        } else if (reading && unanswered > 0) {
            answer(context);
        } else {
            var _ = context.close();
        }
    }

    private boolean isOurTurn() {
        return unanswered > 0 && !reading;
    }

    private void answer(ChannelHandlerContext context) {
        byte[] problem = Problem.requestTimeout(Duration.ofNanos(nanos)).json();
        var body = Unpooled.wrappedBuffer(problem);
        var response = new DefaultFullHttpResponse(HTTP_1_1, REQUEST_TIMEOUT, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, problem.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }

    private void lookIn(long left, ChannelHandlerContext context) {
        timer = context.executor().schedule(() -> look(context), left, TimeUnit.NANOSECONDS);
    }

    private static long now(ChannelHandlerContext context) {
        return context.executor().ticker().nanoTime();
    }
}
