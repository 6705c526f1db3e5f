package dev.fanfare.protocols.centrifuge;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.ProtocolException;

/** Whatever a client sends is commands, or the end of its connection; nothing else. */
class CentrifugeCodecFuzzTest {
    @FuzzTest
    void json(byte[] frame) {
        decode(CentrifugeCodec.json("0.1.0"), frame);
    }

    @FuzzTest
    void protobuf(byte[] frame) {
        decode(CentrifugeCodec.protobuf("0.1.0"), frame);
    }

    private static void decode(Codec codec, byte[] frame) {
        try {
            assertThat(codec.decode(frame, codec.isBinary()))
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.command()).isNotNull());
        } catch (ProtocolException broken) {
            assertThat(broken.disconnect()).isEqualTo(Disconnect.BAD_REQUEST);
        }
    }
}
