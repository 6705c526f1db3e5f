package dev.fanfare.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.fanfare.core.model.Disconnect;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WebSocketHandlerTest implements WebSocketListener {
    private static final Disconnect LOST = new Disconnect(1006, "connection lost");

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final WebSocketConnection connection = new WebSocketConnection(channel);
    private final List<String> messages = new ArrayList<>();
    private final List<Disconnect> ends = new ArrayList<>();
    private int signsOfLife;

    @BeforeEach
    void open() {
        channel.freezeTime();
        channel.pipeline().addLast(new WebSocketHandler(connection, this, 1000, false));
    }

    @Test
    void handsMessagesOn() {
        receive(WebSocketFrames.text("a"));

        assertThat(messages).containsExactly("a");
    }

    @Test
    void answersPingWithItsPayload() {
        receive(WebSocketFrames.concat(WebSocketFrames.ping("p"), WebSocketFrames.ping("q")));

        assertThat(sent()).containsExactly("8a0170", "8a0171");
        assertThat(signsOfLife).isEqualTo(2);
    }

    @Test
    void takesPongsForSignsOfLife() {
        receive(WebSocketFrames.pong(""));

        assertThat(signsOfLife).isEqualTo(1);
        assertThat(sent()).isEmpty();
    }

    @Test
    void answersCloseWithItsCode() {
        receive(WebSocketFrames.close(1001, "away"));

        assertThat(sent()).containsExactly("880603e961776179");
        assertThat(ends).containsExactly(new Disconnect(1001, "away"));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void answersCloseWithoutCodeWithTheSame() {
        receive(WebSocketFrames.frame(0x88, new byte[0]));

        assertThat(sent()).containsExactly("8800");
        assertThat(ends).containsExactly(new Disconnect(1005, ""));
    }

    @Test
    void saysWhichRuleWasBroken() {
        receive(new byte[] {(byte) 0x81, 0});

        assertThat(sent()).containsExactly(closeFrame(1002, "client frame not masked"));
        assertThat(ends).containsExactly(new Disconnect(1002, "client frame not masked"));
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void closesWithCodeAndReasonAndWaitsForTheAnswer() {
        connection.close(Disconnect.SHUTDOWN);

        assertThat(sent()).containsExactly(closeFrame(3001, "shutdown"));
        assertThat(channel.isOpen()).isTrue();

        receive(WebSocketFrames.close(3001, ""));

        assertThat(sent()).isEmpty();
        assertThat(channel.isOpen()).isFalse();
        assertThat(ends).containsExactly(new Disconnect(3001, ""));
    }

    @Test
    void waitsForTheAnswerNoLongerThanFiveSeconds() {
        connection.close(Disconnect.SHUTDOWN);

        advance(4_999);
        assertThat(channel.isOpen()).isTrue();

        advance(1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(ends).containsExactly(LOST);
    }

    @Test
    void closesOnce() {
        connection.close(Disconnect.SHUTDOWN);
        connection.close(Disconnect.SLOW);

        assertThat(sent()).hasSize(1);
    }

    @Test
    void neitherSendsNorHearsAfterClose() {
        connection.close(Disconnect.SHUTDOWN);
        sent();

        send("late");
        receive(WebSocketFrames.concat(WebSocketFrames.text("late"), WebSocketFrames.ping("")));

        assertThat(sent()).isEmpty();
        assertThat(messages).isEmpty();
    }

    @Test
    void queuesCloseBehindWhatIsWritten() {
        send("a");
        connection.close(Disconnect.SHUTDOWN);

        assertThat(sent()).containsExactly("810161", closeFrame(3001, "shutdown"));
    }

    @Test
    void cutsALongReasonBetweenCharacters() {
        connection.close(new Disconnect(3000, "€".repeat(50)));

        assertThat(sent()).containsExactly(closeFrame(3000, "€".repeat(41)));
    }

    @Test
    void takesAResetForAnOrdinaryEnd() {
        channel.pipeline().fireExceptionCaught(new IOException("Connection reset"));

        assertThat(sent()).isEmpty();
        assertThat(channel.isOpen()).isFalse();
        assertThat(ends).containsExactly(LOST);
    }

    @Test
    void closesOverOurOwnMistakesWithTheirOwnCode() {
        var log = (Logger) LoggerFactory.getLogger(WebSocketHandler.class);
        log.setLevel(Level.OFF);
        receive(WebSocketFrames.concat(WebSocketFrames.text("fail"), WebSocketFrames.text("late")));
        log.setLevel(null);

        assertThat(sent()).containsExactly(closeFrame(1011, "internal server error"));
        assertThat(ends).containsExactly(new Disconnect(1011, "internal server error"));
        assertThat(messages).isEmpty();
    }

    @Test
    void tellsOfALostConnection() {
        channel.close().syncUninterruptibly();

        assertThat(ends).containsExactly(LOST);
    }

    @Test
    void countsTheBytesThatWait() {
        long before = connection.pendingBytes();
        try (var frame = frame("x".repeat(1000))) {
            connection.send(frame);
        }

        assertThat(connection.pendingBytes()).isGreaterThanOrEqualTo(before + 1000);
        connection.flush();
        assertThat(connection.pendingBytes()).isZero();
    }

    @Override
    public void onMessage(byte[] message, boolean binary) {
        String text = new String(message, UTF_8);
        if (text.equals("fail")) {
            throw new IllegalStateException("as the test wants it");
        }
        messages.add(text);
    }

    @Override
    public void onAlive() {
        signsOfLife++;
    }

    @Override
    public void onClosed(Disconnect why) {
        ends.add(why);
    }

    private void receive(byte[] bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(bytes));
    }

    private void send(String text) {
        try (var frame = frame(text)) {
            connection.send(frame);
        }
        connection.flush();
    }

    private ByteBufFrame frame(String text) {
        var framing = WebSocketFraming.plain(channel.alloc());
        return framing.join(List.of(framing.message(text.getBytes(UTF_8), false)));
    }

    private void advance(long milliseconds) {
        channel.advanceTimeBy(milliseconds, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private List<String> sent() {
        var frames = new ArrayList<String>();
        for (ByteBuf frame = channel.readOutbound();
                frame != null;
                frame = channel.readOutbound()) {
            frames.add(ByteBufUtil.hexDump(frame));
            frame.release();
        }
        return frames;
    }

    private static String closeFrame(int code, String reason) {
        byte[] text = reason.getBytes(UTF_8);
        return "88%02x%04x".formatted(text.length + 2, code) + ByteBufUtil.hexDump(text);
    }
}
