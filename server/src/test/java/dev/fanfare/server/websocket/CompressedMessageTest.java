package dev.fanfare.server.websocket;

import static dev.fanfare.server.websocket.WebSocketFrames.FIN;
import static dev.fanfare.server.websocket.WebSocketFrames.RSV1;
import static dev.fanfare.server.websocket.WebSocketFrames.concat;
import static dev.fanfare.server.websocket.WebSocketFrames.frame;
import static dev.fanfare.server.websocket.WebSocketFrames.ping;
import static dev.fanfare.server.websocket.WebSocketFrames.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The decoder where permessage-deflate was negotiated (RFC 7692). */
class CompressedMessageTest {
    private static final int LIMIT = 100_000;
    private static final int COMPRESSED_TEXT = FIN | RSV1 | Opcode.TEXT;

    @Test
    void readsCompressedMessages() {
        String message = "fanfare ".repeat(1000);

        assertThat(inflate(frame(COMPRESSED_TEXT, deflate(message)), text("plain")))
                .containsExactly("text " + message, "text plain");
    }

    @Test
    void readsACompressedMessageInFragments() {
        byte[] all = deflate("fanfare ".repeat(1000));
        byte[] begin = frame(RSV1 | Opcode.TEXT, Arrays.copyOf(all, 5));
        byte[] end = frame(FIN, Arrays.copyOfRange(all, 5, all.length));

        assertThat(inflate(begin, ping("p"), end))
                .containsExactly("ping p", "text " + "fanfare ".repeat(1000));
    }

    @Test
    void readsCompressedNothing() {
        assertThat(inflate(frame(COMPRESSED_TEXT, new byte[] {0}))).containsExactly("text ");
        assertThat(inflate(frame(COMPRESSED_TEXT, bytes("")))).containsExactly("text ");
    }

    /** RFC 7692, sections 7.2.3.4 and 7.2.3.5. */
    @Test
    void readsCompressedStreamsThatEndInsideTheMessage() {
        byte[] finished = {(byte) 0xF3, 0x48, (byte) 0xCD, (byte) 0xC9, (byte) 0xC9, 7, 0, 0};

        assertThat(inflate(frame(COMPRESSED_TEXT, finished))).containsExactly("text Hello");
        byte[] more = concat(finished, new byte[] {0, 0, -1, -1}, deflate(" again"));
        assertThat(inflate(frame(COMPRESSED_TEXT, more))).containsExactly("text Hello again");
    }

    @Test
    void refusesCompressionThatWasNotNegotiated() {
        var frames = List.of(frame(COMPRESSED_TEXT, deflate("a")));

        assertThat(DecoderLog.of(LIMIT, false, frames))
                .containsExactly("violation 1002 compression was not negotiated");
    }

    @Test
    void refusesTheMarkOfCompressionWhereItMustNotBe() {
        byte[] begin = frame(RSV1 | Opcode.TEXT, bytes(""));

        assertThat(inflate(frame(FIN | RSV1 | Opcode.PING, bytes(""))))
                .containsExactly("violation 1002 control frame marked as compressed");
        assertThat(inflate(begin, frame(FIN | RSV1, bytes(""))))
                .containsExactly("violation 1002 continuation marked as compressed");
    }

    @Test
    void refusesInvalidCompression() {
        assertThat(inflate(frame(COMPRESSED_TEXT, new byte[] {7, 7, 7})))
                .containsExactly("violation 1007 compressed data is invalid");
    }

    @Test
    void refusesCompressedTextThatIsNoUtf8() {
        byte[] wrong = deflate(new byte[] {(byte) 0xFF});

        assertThat(inflate(frame(COMPRESSED_TEXT, wrong)))
                .containsExactly("violation 1007 text is not UTF-8");
    }

    @Test
    void refusesZipBombs() {
        byte[] bomb = deflate("x".repeat(50_000_000));

        assertThat(bomb.length).isLessThan(LIMIT);
        assertThat(inflate(frame(COMPRESSED_TEXT, bomb)))
                .containsExactly("violation 1009 message too big (expected: at most 100000 bytes)");
    }

    @Test
    void readsTheLargestMessageEvenIfCompressionMadeItLonger() {
        byte[] noise = new byte[LIMIT];
        new Random(1).nextBytes(noise);
        byte[] compressed = deflate(noise);

        assertThat(compressed.length).isGreaterThan(LIMIT);
        assertThat(inflate(frame(FIN | RSV1 | Opcode.BINARY, compressed)).getFirst())
                .startsWith("binary ")
                .hasSize("binary ".length() + 2 * LIMIT);
    }

    private static List<String> inflate(byte[]... pieces) {
        return DecoderLog.of(LIMIT, true, List.of(pieces));
    }

    private static byte[] deflate(String text) {
        return deflate(bytes(text));
    }

    private static byte[] deflate(byte[] bytes) {
        return WebSocketFrames.deflate(bytes);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
