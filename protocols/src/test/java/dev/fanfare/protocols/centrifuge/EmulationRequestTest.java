package dev.fanfare.protocols.centrifuge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmulationRequestTest {
    @Test
    void inJsonDataIsAString() throws IOException {
        var body = "{\"session\":\"s\",\"node\":\"n\",\"data\":\"{\\\"id\\\":2}\\n{}\"}";
        var request = EmulationRequest.ofJson(body.getBytes(UTF_8));
        assertThat(request.node()).isEqualTo("n");
        assertThat(request.session()).isEqualTo("s");
        assertThat(new String(request.data().bytes(), UTF_8)).isEqualTo("{\"id\":2}\n{}");
    }

    @Test
    void inProtobufDataAreBytes() throws IOException {
        var body = HexFormat.of().parseHex("0a016e1201731a020100");
        var request = EmulationRequest.ofProtobuf(body);
        assertThat(request.node()).isEqualTo("n");
        assertThat(request.session()).isEqualTo("s");
        assertThat(request.data().bytes()).containsExactly(1, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"session\":\"s\",\"node\":\"n\"}",
                "{\"session\":\"s\",\"data\":\"{}\"}",
                "{\"node\":\"n\",\"data\":\"{}\"}",
                "{\"session\":\"s\",\"node\":\"n\",\"data\":{}}"
            })
    void wantsEverything(String body) {
        assertThatThrownBy(() -> EmulationRequest.ofJson(body.getBytes(UTF_8)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void saysWhatDataIsNot() {
        var body = "{\"session\":\"s\",\"node\":\"n\",\"data\":7}";
        assertThatThrownBy(() -> EmulationRequest.ofJson(body.getBytes(UTF_8)))
                .hasMessage("data: 7 (expected: a string)");
    }
}
