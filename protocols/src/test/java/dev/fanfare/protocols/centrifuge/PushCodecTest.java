package dev.fanfare.protocols.centrifuge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Command.Subscribe.Options;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.ProtocolException;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Reply.Connected.Place;
import dev.fanfare.core.protocol.Request;
import dev.fanfare.core.protocol.Unsubscribe;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The protocol one way: a connect request comes in, pushes go out. */
class PushCodecTest {
    private static final PushCodec CODEC = new PushCodec("0.1.0", false);

    @Test
    void readsAConnectRequestWithThePlacesToContinueAt() throws Exception {
        var request =
                "{\"token\":\"t\",\"name\":\"js\",\"subs\":{\"a\":{\"recover\":true,\"epoch\":\"ep\",\"offset\":2}}}";
        var options = new Options("", false, true, false, false);
        var proposal = new Command.Subscribe("a", new StreamPosition("ep", 2), options);
        assertThat(CODEC.decode(request.getBytes(UTF_8), false))
                .containsExactly(new Request(null, new Command.Connect("t", List.of(proposal))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "{\"token\":7}"})
    void refusesWhatIsNone(String request) {
        assertThatThrownBy(() -> CODEC.decode(request.getBytes(UTF_8), false))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void answersWithAPush() {
        var connected = new Reply.Connected("c1", 60, 25, List.of(), new Place("n", "s"), 0);
        assertThat(said(new Output.Answer(null, connected)))
                .containsExactly(
                        "{\"connect\":{\"client\":\"c1\",\"version\":\"0.1.0\",\"expires\":true,"
                                + "\"ttl\":60,\"ping\":25,\"session\":\"s\",\"node\":\"n\"}}");
    }

    @Test
    void hasNoOtherAnswers() {
        var refusal = new Refusal(ErrorCode.INTERNAL, "server", "a failure", "another try");
        assertThat(said(new Output.Answer(null, new Reply.Failed(refusal)))).isEmpty();
    }

    @Test
    void putsNothingAroundPushes() {
        var room = new Channel("room");
        assertThat(said(new Push.Ping())).containsExactly("{}");
        assertThat(said(new Push.Disconnected(Disconnect.SHUTDOWN)))
                .containsExactly(
                        "{\"disconnect\":{\"code\":3001,\"reason\":\"shutdown\",\"reconnect\":true}}");
        assertThat(said(new Push.Unsubscribed(room, Unsubscribe.EXPIRED)))
                .containsExactly(
                        "{\"channel\":\"room\",\"unsubscribe\":{\"code\":2501,\"reason\":\"expired\"}}");
    }

    @Test
    void mayPutSeveralPushesIntoOneMessage() {
        assertThat(CODEC.separator()).isNull();
        assertThat(new PushCodec("0.1.0", true).separator()).isEqualTo("\n".getBytes(UTF_8));
    }

    private static List<String> said(Output output) {
        return CODEC.encode(output).stream().map(bytes -> new String(bytes, UTF_8)).toList();
    }
}
