package dev.fanfare.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestDeadlineTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();

    RequestDeadlineTest() {
        channel.freezeTime();
        channel.pipeline().addLast(new HttpRequestDecoder());
        channel.pipeline().addLast("handler", new ChannelInboundHandlerAdapter());
        RequestDeadline.guard(channel, Duration.ofSeconds(10));
    }

    @Test
    void endsAConnectionThatSendsNothing() {
        pass(9);
        assertThat(channel.isOpen()).isTrue();

        pass(2);
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    @Test
    void answersARequestWhoseBodyDoesNotEnd() {
        pass(5);
        channel.writeInbound(head());
        for (int second = 0; second < 9; second++) {
            pass(1);
            channel.writeInbound(new DefaultHttpContent(Unpooled.EMPTY_BUFFER));
        }
        assertThat(channel.isOpen()).isTrue();

        pass(2);
        assertThat(channel.isOpen()).isFalse();
        FullHttpResponse answer = channel.readOutbound();
        assertThat(answer.status()).isEqualTo(HttpResponseStatus.REQUEST_TIMEOUT);
        assertThat(answer.content().toString(UTF_8)).contains("all of it within 10000 ms");
        answer.release();
    }

    @Test
    void waitsForAnswersAsLongAsTheyTake() {
        channel.writeInbound(head(), LastHttpContent.EMPTY_LAST_CONTENT);
        channel.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));

        pass(3600);
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void givesTheNextRequestAllOfTheTime() {
        pass(8);
        exchange();
        pass(8);
        exchange();
        pass(9);
        assertThat(channel.isOpen()).isTrue();

        pass(2);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void takesAContinueForNoAnswer() {
        channel.writeInbound(head());
        channel.writeOutbound(response(HttpResponseStatus.CONTINUE));

        pass(11);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void endsARequestThatIsAnsweredAndGoesOn() {
        channel.writeInbound(head());
        channel.writeOutbound(response(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE));
        channel.releaseOutbound();

        pass(11);
        assertThat(channel.isOpen()).isFalse();
        assertThat(channel.<Object>readOutbound()).isNull();
    }

    @Test
    void leavesAConnectionThatIsNoHttpAnyMore() {
        channel.pipeline().remove(RequestDeadline.class);

        pass(3600);
        assertThat(channel.isOpen()).isTrue();
    }

    private void exchange() {
        channel.writeInbound(head(), LastHttpContent.EMPTY_LAST_CONTENT);
        channel.writeOutbound(response(HttpResponseStatus.OK));
        channel.releaseOutbound();
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }

    private static DefaultHttpRequest head() {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/");
    }

    private static DefaultFullHttpResponse response(HttpResponseStatus status) {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
    }
}
