package dev.fanfare.server.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.ProtocolException;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Request;
import dev.fanfare.server.websocket.WebSocketEncoder.Pings;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketEncoderTest {
    private static final Output PONG = new Output.Answer(null, new Reply.Pong());

    @Test
    void putsEveryMessageIntoAFrame() {
        assertThat(encode(says("one", "two"), PONG, PONG))
                .isEqualTo(hex("8103 6f6e65 8103 74776f 8103 6f6e65 8103 74776f"));
    }

    @Test
    void marksBinaryMessages() {
        assertThat(encode(new Words(List.of("a"), true), PONG)).isEqualTo(hex("8201 61"));
    }

    @Test
    void pingsWithAFrame() {
        assertThat(encode(says("a"), PONG, new Push.Ping(), PONG))
                .isEqualTo(hex("8101 61 8900 8101 61"));
    }

    @Test
    void pingsInTheWordsOfTheCodec() {
        var framing = WebSocketFraming.plain(UnpooledByteBufAllocator.DEFAULT);
        var encoder = new WebSocketEncoder(says("{}"), framing, Pings.WORDS);

        assertThat(encode(encoder, new Push.Ping())).isEqualTo(hex("8102 7b7d"));
    }

    @Test
    void leavesTheEndToTheCloseFrame() {
        assertThat(encode(says("a"), new Push.Disconnected(Disconnect.SHUTDOWN))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"125, 2", "126, 4", "65535, 4", "65536, 10"})
    void writesEveryFormOfLength(int length, int header) {
        byte[] bytes = encode(says("x".repeat(length)), PONG);

        assertThat(bytes).hasSize(header + length);
        assertThat(Arrays.copyOfRange(bytes, header, bytes.length)).containsOnly('x');
    }

    @Test
    void compressesWhatIsWorthIt() {
        String message = "fanfare ".repeat(100);
        var framing = WebSocketFraming.deflating(UnpooledByteBufAllocator.DEFAULT, 128);
        byte[] bytes =
                encode(new WebSocketEncoder(says(message, "tiny"), framing, Pings.FRAMES), PONG);

        assertThat(bytes).hasSizeLessThan(60).startsWith(0xC1).endsWith(hex("8104 74696e79"));
        assertThat(inflated(Arrays.copyOfRange(bytes, 2, bytes.length - 6))).isEqualTo(message);
    }

    @Test
    void sendsAsItIsWhatCompressionMakesLonger() {
        var framing = WebSocketFraming.deflating(UnpooledByteBufAllocator.DEFAULT, 128);
        var letters = new StringBuilder();
        new Random(1).ints(128, 0, 0x800).forEach(letters::appendCodePoint);
        byte[] bytes =
                encode(new WebSocketEncoder(says(letters.toString()), framing, Pings.FRAMES), PONG);

        assertThat(bytes).startsWith(0x81);
    }

    @Test
    void sharesItsBytes() {
        var framing = WebSocketFraming.plain(UnpooledByteBufAllocator.DEFAULT);
        var frame = framing.join(List.of(OutgoingFrame.ping()));
        var first = frame.share();
        var second = frame.share();
        frame.close();

        assertThat(first.readShort()).isEqualTo((short) 0x8900);
        assertThat(second.readableBytes()).isEqualTo(2);
        assertThat(first.release()).isFalse();
        assertThat(second.release()).isTrue();
    }

    private static byte[] encode(Codec codec, Output... outputs) {
        var framing = WebSocketFraming.plain(UnpooledByteBufAllocator.DEFAULT);
        return encode(new WebSocketEncoder(codec, framing, Pings.FRAMES), outputs);
    }

    private static byte[] encode(WebSocketEncoder encoder, Output... outputs) {
        try (var frame = (ByteBufFrame) encoder.encode(List.of(outputs))) {
            var bytes = frame.share();
            try {
                assertThat(frame.size()).isEqualTo(bytes.readableBytes());
                return ByteBufUtil.getBytes(bytes);
            } finally {
                bytes.release();
            }
        }
    }

    private static String inflated(byte[] compressed) {
        try {
            return new String(MessageInflater.current().inflate(compressed, 1000), UTF_8);
        } catch (ProtocolException invalid) {
            throw new AssertionError(invalid);
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static Words says(String... words) {
        return new Words(List.of(words), false);
    }

    /** Says the same to everything. */
    private record Words(List<String> words, boolean isBinary) implements Codec {
        @Override
        public List<Request> decode(byte[] message, boolean binary) {
            return List.of();
        }

        @Override
        public List<byte[]> encode(Output output) {
            return words.stream().map(word -> word.getBytes(UTF_8)).toList();
        }
    }
}
