package dev.fanfare.protocols.ably;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents in JSON. */
class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"z\":1,\"a\":[null,true,\"ü\\n\\\"\"],\"b\":{}}",
                "-9223372036854775808",
                "0.1",
                "1.0E300",
                "\"\""
            })
    void aTreeIsWrittenAsItWasRead(String json) throws Unreadable {
        assertThat(said(json)).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "-0.0, 0",
        "9007199254740993.0, 9007199254740992",
        "18446744073709551615, 1.8446744073709552E19",
        "1e-400, 0",
        "'\"\\ud83d\"', '\"?\"'",
        "'\"\\ud83d\\ude00\"', '\"😀\"'"
    })
    void whatHasNoFormOfItsOwnIsTheNearest(String json, String written) throws Unreadable {
        assertThat(said(json)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "1 2",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"\\u0062\":2}}",
                "{\"\\ud800\":1,\"\\ud801\":2}",
                "1e400",
                "NaN",
                "'a'"
            })
    void whatIsNoDocumentIsRefused(String json) {
        assertThatThrownBy(() -> said(json))
                .isInstanceOf(Unreadable.class)
                .hasMessageStartingWith("JSON: ");
    }

    @Test
    void whatIsNestedTooDeeplyIsRefused() {
        assertThatThrownBy(() -> said("[".repeat(100_000))).isInstanceOf(Unreadable.class);
    }

    @Test
    void whatIsNotUtf8IsRefused() {
        assertThatThrownBy(() -> Formats.JSON.readTree(new byte[] {'"', -1, '"'}))
                .isInstanceOf(Unreadable.class);
    }

    private static String said(String json) throws Unreadable {
        return new String(
                Formats.JSON.writeTree(Formats.JSON.readTree(json.getBytes(UTF_8))), UTF_8);
    }
}
