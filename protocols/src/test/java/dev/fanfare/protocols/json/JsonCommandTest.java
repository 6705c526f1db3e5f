package dev.fanfare.protocols.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may say, and what they are told when they say something else. */
class JsonCommandTest {
    @Test
    void readsEachCommand() {
        assertThat(command("{\"type\":\"ping\"}")).isEqualTo(new Command.Ping());
        assertThat(command("{\"channel\":\"post:1\",\"type\":\"subscribe\"}"))
                .isEqualTo(new Command.Subscribe("post:1", null));
        assertThat(command("{\"type\":\"unsubscribe\",\"channel\":\"post:1\"}"))
                .isEqualTo(new Command.Unsubscribe("post:1"));
        assertThat(command("{\"type\":\"publish\",\"channel\":\"post:1\",\"payload\":null}"))
                .isEqualTo(new Command.Publish("post:1", null, Payload.json("null")));
    }

    @Test
    void readsWhereToContinueFrom() {
        assertThat(
                        command(
                                "{\"type\":\"subscribe\",\"channel\":\"a\",\"since\":{\"offset\":3,\"epoch\":\"e\"}}"))
                .isEqualTo(new Command.Subscribe("a", new StreamPosition("e", 3)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"type\" : \"gift\" }",
                "\" a\\u0041 \"",
                "-1.5E+07",
                "true",
                "[ ]",
                "{\"a\" :[{ } , 1 ]}",
                "\"ü€𝄞\""
            })
    void aPublishedPayloadKeepsItsBytes(String payload) {
        var publish =
                (Command.Publish)
                        command(
                                "{\"type\":\"publish\",\"payload\":  "
                                        + payload
                                        + " ,\"channel\":\"a\"}");

        assertThat(publish.payload()).isEqualTo(Payload.json(payload));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{\"type\":\"gift\"}                    |        | gift",
                "{\"type\":\"gift\"}                    | gift   | gift",
                "{\"a\":{\"type\":\"gift\"}}            |        |",
                "{\"a\":1}                              | gift   | gift",
                "{\"type\":7}                           | gift   | gift",
                "\"type\"                               | gift   | gift",
            })
    void theEventIsThePayloadsTypeOrElseTheEventNamed(String payload, String named, String event) {
        var member = named == null ? "" : ",\"event\":\"" + named + "\"";
        var publish =
                (Command.Publish)
                        command(
                                "{\"type\":\"publish\",\"channel\":\"a\",\"payload\":"
                                        + payload
                                        + member
                                        + "}");

        assertThat(publish.event()).isEqualTo(event);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{}                                                | type    | nothing  | one of"
                        + " ping, subscribe, unsubscribe, publish",
                "{\"type\":\"dance\"}                              | type    | dance    | one of"
                        + " ping, subscribe, unsubscribe, publish",
                "{\"type\":1}                                      | type    | 1        | a string"
                        + " of 1 to 1024 Unicode characters",
                "{\"type\":\"ping\",\"channel\":\"a\"}             | channel | an unknown member |"
                        + " only the members type, id",
                "{\"type\":\"ping\",\"chanel\":[{}]}               | chanel  | an unknown member |"
                        + " only the members type, id",
                "{\"type\":\"ping\",\"id\":[1]}                    | id      | an array | a string"
                        + " or a number",
                "{\"type\":\"subscribe\"}                          | channel | nothing  | a"
                        + " channel's name",
                "{\"type\":\"subscribe\",\"channel\":{}}           | channel | an object | a string"
                        + " of 1 to 1024 Unicode characters",
                "{\"type\":\"subscribe\",\"channel\":\"\"}         | channel | \"\"     | a string"
                        + " of 1 to 1024 Unicode characters",
                "{\"type\":\"subscribe\",\"channel\":\"\\ud800\"}  | channel | \"\ud800\" | a"
                        + " string of 1 to 1024 Unicode characters",
                "{\"type\":\"subscribe\",\"channel\":\"a\",\"since\":3} | since | 3      | an"
                        + " object with epoch and offset",
                "{\"type\":\"subscribe\",\"channel\":\"a\",\"since\":{\"offset\":1}} | since.epoch"
                        + " | nothing | the epoch and offset of the last message seen",
                "{\"type\":\"subscribe\",\"channel\":\"a\",\"since\":{\"epoch\":\"e\"}} |"
                        + " since.offset | nothing | the epoch and offset of the last message seen",
                "{\"type\":\"subscribe\",\"channel\":\"a\",\"since\":{\"epoch\":\"e\",\"offset\":-1}}"
                    + " | since.offset | -1 | a whole number, 0 or more",
                "{\"type\":\"subscribe\",\"channel\":\"a\",\"since\":{\"epoch\":\"e\",\"offset\":1e3}}"
                    + " | since.offset | 1e3 | a whole number, 0 or more",
                "{\"type\":\"subscribe\",\"channel\":\"a\",\"since\":{\"epoch\":\"e\",\"offset\":99999999999999999999}}"
                    + " | since.offset | 99999999999999999999 | a whole number, 0 or more",
                "{\"type\":\"subscribe\",\"channel\":\"a\",\"since\":{\"epoch\":\"e\",\"offset\":1,\"x\":1}}"
                    + " | since.x | an unknown member | only the members epoch, offset",
                "{\"type\":\"publish\",\"channel\":\"a\"}          | payload | nothing  | any JSON"
                        + " value",
                "{\"type\":\"publish\",\"channel\":\"a\",\"payload\":{\"type\":\"b\"},\"event\":\"c\"}"
                    + " | event | c | no other event than payload.type: b",
                "[]                                                | message | an array | a JSON"
                        + " object",
                "7                                                 | message | 7        | a JSON"
                        + " object",
            })
    void saysWhichFieldIsWrongWhatCameAndWhatWasExpected(
            String message, String field, String got, String expected) {
        assertThat(refusal(message))
                .isEqualTo(new Refusal(ErrorCode.BAD_REQUEST, field, got, expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "{",
                "hello",
                "{\"type\":\"ping\"} {}",
                "{\"type\":\"ping\"},",
                "{\"type\":\"ping\",}",
                "{\"type\":\"ping\",\"type\":\"ping\"}",
                "{\"type\":\"publish\",\"channel\":\"a\",\"payload\":{\"a\":[{\"b\":1,\"\\u0062\":2}]}}",
                "{\"type\":\"ping\",\"id\":01}",
                "{\"type\":\"ping\",\"id\":NaN}",
                "{\"type\":\"ping\",\"id\":\"\n\"}",
                "{'type':'ping'}",
                "{\"type\":\"ping\"} // hi",
            })
    void aMalformedMessageIsAnswered(String message) {
        var refusal = refusal(message);

        assertThat(refusal.field()).isEqualTo("message");
        assertThat(refusal.got()).contains("line 1, column ").doesNotContain("[Source", "REDACTED");
    }

    @Test
    void saysWhereTheJsonEnds() {
        assertThat(refusal("{\"type\":\"ping\",\n\"a\":}").got()).contains("line 2, column 5");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        var overlong = new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'};

        assertThat(refusal(overlong).got()).isEqualTo("byte 0xc0 at offset 1 is not UTF-8 text");
        assertThat(refusal("{}".getBytes(UTF_16LE)).got())
                .isEqualTo("byte 0x00 at offset 1 is not UTF-8 text");
    }

    @Test
    void refusesDeepNesting() {
        var deep =
                "{\"type\":\"publish\",\"channel\":\"a\",\"payload\":"
                        + "[".repeat(200)
                        + "]".repeat(200)
                        + "}";

        assertThat(refusal(deep).got())
                .isEqualTo("Document nesting depth (101) exceeds the maximum allowed (100)");
    }

    @Test
    void refusesBinaryFrames() {
        var request =
                JsonCodec.PLAIN.decode("{\"type\":\"ping\"}".getBytes(UTF_8), true).getFirst();

        assertThat(((Command.Unreadable) request.command()).why().got())
                .isEqualTo("a binary frame");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":7,\"type\":\"dance\"}",
                "{\"type\":\"dance\",\"id\":7}",
                "{\"type\":[1,{\"id\":3}],\"id\":7}",
                "{\"type\":\"subscribe\",\"channel\":1,\"id\":7}",
                "{\"type\":\"ping\",\"id\":7,\"x\"",
                "{\"type\":\"ping\",\"id\":7} x",
            })
    void aFaultDoesNotHideTheId(String message) {
        var request = request(message);

        assertThat(request.command()).isInstanceOf(Command.Unreadable.class);
        assertThat(request.tag()).isEqualTo("7");
    }

    @Test
    void positionsNeedTheEnvelope() {
        var message =
                "{\"type\":\"subscribe\",\"channel\":\"a\",\"since\":{\"epoch\":\"e\",\"offset\":1},\"id\":1}";
        var request = JsonCodec.PLAIN.decode(message.getBytes(UTF_8), false).getFirst();

        assertThat(request.tag()).isEqualTo("1");
        assertThat(((Command.Unreadable) request.command()).why())
                .isEqualTo(
                        new Refusal(
                                ErrorCode.BAD_REQUEST,
                                "since",
                                "an object",
                                "none: positions are seen only on connections with the query"
                                        + " parameter envelope=true"));
    }

    private static Request request(String message) {
        return JsonCodec.ENVELOPE.decode(message.getBytes(UTF_8), false).getFirst();
    }

    private static Command command(String message) {
        return request(message).command();
    }

    private static Refusal refusal(String message) {
        return refusal(message.getBytes(UTF_8));
    }

    private static Refusal refusal(byte[] message) {
        var request = JsonCodec.ENVELOPE.decode(message, false).getFirst();
        return ((Command.Unreadable) request.command()).why();
    }
}
