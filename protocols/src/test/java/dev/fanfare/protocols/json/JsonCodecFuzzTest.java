package dev.fanfare.protocols.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Reply;
import java.io.IOException;

/** Whatever a client sends is read or refused, and what is read makes sense. */
class JsonCodecFuzzTest {
    @FuzzTest
    void decode(byte[] message) {
        var request = JsonCodec.ENVELOPE.decode(message, false).getFirst();

        var refusal = new Refusal(ErrorCode.INTERNAL, "field", "got", "expected");
        var answer =
                JsonCodec.ENVELOPE.encode(
                        new Output.Answer(request.tag(), new Reply.Failed(refusal)));
        assertThat(isWellFormed(answer.getFirst())).isTrue();
        if (request.command() instanceof Command.Publish(_, _, var payload)) {
            assertThat(isWellFormed(payload.bytes())).isTrue();
            assertThat(OneLine.of(payload.bytes())).doesNotContain('\n', '\r');
        }
    }

    private static boolean isWellFormed(byte[] json) {
        try (var reader = JsonReader.open(json)) {
            reader.skip();
            reader.end();
            return true;
        } catch (IOException malformed) {
            return false;
        }
    }
}
