package dev.fanfare.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.fanfare.core.model.Disconnect;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Whatever arrives, the decoder reports and never throws. The suite replays the inputs beside this
 * class's resources; to look for new ones:
 *
 * <pre>JAZZER_FUZZ=1 mvn test -pl server -am -Dtest=WebSocketFrameDecoderFuzzTest
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
class WebSocketFrameDecoderFuzzTest {
    private static final int LIMIT = 1000;

    /**
     * The first byte says how long the pieces are that the rest arrives in, and whether it may be
     * compressed.
     */
    @FuzzTest(maxDuration = "2m")
    void reportsWhateverArrives(byte[] input) {
        if (input.length == 0) {
            return;
        }
        int piece = 1 + (input[0] & 0x7F);
        var decoder = new WebSocketFrameDecoder(new Rules(), LIMIT, input[0] < 0);
        for (int from = 1; from < input.length; from += piece) {
            int length = Math.min(piece, input.length - from);
            var in = Unpooled.copiedBuffer(input, from, length);
            decoder.decode(in);
            assertThat(in.isReadable()).isFalse();
        }
    }

    /** What holds for everything a decoder reports. */
    private static final class Rules implements WebSocketFrameDecoder.Listener {
        private boolean ended;

        @Override
        public void onMessage(byte[] message, boolean binary) {
            assertThat(ended).isFalse();
            assertThat(message).hasSizeLessThanOrEqualTo(LIMIT);
            if (!binary) {
                var decoder = StandardCharsets.UTF_8.newDecoder();
                assertThatNoException().isThrownBy(() -> decoder.decode(ByteBuffer.wrap(message)));
            }
        }

        @Override
        public void onPing(byte[] payload) {
            assertThat(ended).isFalse();
            assertThat(payload).hasSizeLessThanOrEqualTo(125);
        }

        @Override
        public void onPong() {
            assertThat(ended).isFalse();
        }

        @Override
        public void onClose(Disconnect theirs) {
            end(theirs);
            assertThat(theirs.code() == 1005 || CloseCode.mayTravel(theirs.code())).isTrue();
        }

        @Override
        public void onViolation(Disconnect why) {
            end(why);
            assertThat(why.code()).isIn(1002, 1007, 1009);
        }

        private void end(Disconnect why) {
            assertThat(ended).isFalse();
            assertThat(ClosePayload.of(why)).hasSizeLessThanOrEqualTo(125);
            ended = true;
        }
    }
}
