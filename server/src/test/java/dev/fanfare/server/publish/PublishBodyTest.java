package dev.fanfare.server.publish;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.channel.Draft;
import dev.fanfare.core.model.Attributes;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.server.publish.PublishBody.Entry;
import dev.fanfare.server.publish.PublishBody.Many;
import dev.fanfare.server.publish.PublishBody.One;
import dev.fanfare.server.publish.PublishBody.Rejected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishBodyTest {
    private static final int LARGEST_PAYLOAD = 100;

    @Test
    void readsTheSmallestPublication() {
        assertThat(parse("{\"channel\":\"post:123\",\"payload\":{\"type\":\"gift.received\"}}"))
                .isEqualTo(
                        one(
                                draft(
                                        "post:123",
                                        null,
                                        "gift.received",
                                        "{\"type\":\"gift.received\"}")));
    }

    @Test
    void readsEveryMemberInAnyOrder() {
        var body =
                "{\"excludeUserId\":\"u1\",\"event\":\"e\",\"id\":\"m1\",\"payload\":[1],\"channel\":\"a\"}";

        assertThat(parse(body))
                .isEqualTo(
                        one(
                                new Draft(
                                        "a",
                                        "m1",
                                        "e",
                                        Payload.json("[1]"),
                                        new Audience.ExceptUser("u1"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ \"type\" : \"gift\",\n\t\"type2\":{\"type\":1}}",
                "\" a\\u0041 \"",
                "-1.5E+07",
                "null",
                "[ ]",
                "\"ü€𝄞\""
            })
    void aPayloadKeepsItsBytes(String payload) {
        var draft = wanted("{\"payload\" :\r\n " + payload + "\n,\"channel\":\"a\"}");

        assertThat(draft.payload()).isEqualTo(Payload.json(payload));
    }

    @Test
    void aByteOrderMarkDoesNotShiftThePayload() {
        assertThat(wanted("\uFEFF{\"channel\":\"a\",\"payload\":\"é\"}").payload())
                .isEqualTo(Payload.json("\"é\""));
    }

    @Test
    void theEventMayBeNamedBesideThePayload() {
        assertThat(wanted("{\"channel\":\"a\",\"payload\":{\"type\":5},\"event\":\"e\"}").event())
                .isEqualTo("e");
        assertThat(
                        wanted("{\"channel\":\"a\",\"payload\":{\"type\":\"e\"},\"event\":\"e\"}")
                                .event())
                .isEqualTo("e");
        assertThat(wanted("{\"channel\":\"a\",\"payload\":{\"b\":{\"type\":\"e\"}}}").event())
                .isNull();
    }

    @Test
    void theNameOfDataStandsBesideThem() {
        assertThat(parse("{\"channel\":\"a\",\"event\":\"e\",\"data\":{ \"type\":\"other\"}}"))
                .isEqualTo(
                        one(
                                new Draft(
                                        "a",
                                        null,
                                        "e",
                                        Payload.json("{ \"type\":\"other\"}")
                                                .with(new Attributes(true, "", "")),
                                        Audience.EVERYONE)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{}                                                  | channel | nothing   | a"
                        + " channel's name",
                "{\"channel\":\"a\"}                                 | payload | nothing   | any"
                        + " JSON value",
                "{\"channel\":7,\"payload\":1}                       | channel | 7         | a"
                        + " string of 1 to 1024 Unicode characters",
                "{\"channel\":\"\",\"payload\":1}                    | channel | \"\"      | a"
                        + " string of 1 to 1024 Unicode characters",
                "{\"channel\":null,\"payload\":1}                    | channel | null      | a"
                        + " string of 1 to 1024 Unicode characters",
                "{\"channel\":\"a\",\"payload\":1,\"id\":1}          | id      | 1         | a"
                        + " string of 1 to 128 Unicode characters",
                "{\"channel\":\"a\",\"payload\":1,\"id\":\"\"}       | id      | \"\"      | a"
                        + " string of 1 to 128 Unicode characters",
                "{\"channel\":\"a\",\"payload\":1,\"event\":{\"a\":[]}} | event | an object | a"
                        + " string of 1 to 1024 Unicode characters",
                "{\"channel\":\"a\",\"payload\":1,\"excludeUserId\":42} | excludeUserId | 42 | a"
                        + " string of 1 to 1024 Unicode characters",
                "{\"channel\":\"a\",\"paylaod\":[{}],\"payload\":1}  | paylaod | an unknown member"
                        + " | only the members channel, payload, id, event, data, excludeUserId",
                "{\"channel\":\"a\",\"payload\":{\"type\":\"b\"},\"event\":\"c\"} | event | c | no"
                        + " other event than payload.type: b",
                "{\"channel\":\"a\",\"data\":1} | event | nothing | the name of the event that has"
                        + " the data",
                "{\"channel\":\"a\",\"data\":1,\"event\":\"e\",\"payload\":1} | data | a value"
                        + " beside payload | one of the two: payload is what clients get, data goes"
                        + " with event",
            })
    void saysWhichMemberIsWrongWhatCameAndWhatWasExpected(
            String body, String field, String got, String expected) {
        assertThat(parse(body))
                .isEqualTo(
                        new One(
                                new Entry.Refused(
                                        new Refusal(ErrorCode.BAD_REQUEST, field, got, expected))));
    }

    @Test
    void anIdHasAtMost128Characters() {
        var body = "{\"channel\":\"a\",\"payload\":1,\"id\":\"%s\"}";

        assertThat(wanted(body.formatted("x".repeat(128))).id()).hasSize(128);
        assertThat(refused(body.formatted("x".repeat(129))).field()).isEqualTo("id");
    }

    @Test
    void aPayloadHasALimit() {
        var body = "{\"channel\":\"a\",\"payload\":\"%s\"}";

        assertThat(wanted(body.formatted("x".repeat(98))).payload().size())
                .isEqualTo(LARGEST_PAYLOAD);
        assertThat(refused(body.formatted("x".repeat(99))))
                .isEqualTo(
                        new Refusal(
                                ErrorCode.PAYLOAD_TOO_LARGE,
                                "payload",
                                "101 bytes",
                                "at most 100 bytes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "post:1",
                "{\"channel\":\"a\",\"payload\":1}}",
                "{\"channel\":\"a\",\"payload\":1} 2",
                "[{\"channel\":\"a\",\"payload\":1}] []",
                "[{\"channel\":\"a\",\"payload\":1},]",
                "[{\"channel\":\"a\",\"payload\":1}",
                "{\"channel\":\"a\",\"payload\":01}",
                "{\"channel\":\"a\",\"payload\":\"\t\"}",
                "{\"channel\":\"a\",\"payload\":\"\\x\"}",
                "{\"channel\":\"a\",\"payload\":[1,]}",
                "{\"channel\":\"a\",\"payload\":NaN}",
                "{\"channel\":\"a\",\"channel\":\"b\",\"payload\":1}",
                "{\"channel\":\"a\",\"payload\":1,\"p\\u0061yload\":2}",
                "{\"channel\":\"a\",\"payload\":{\"x\":{\"y\":[0,{\"z\":1,\"q\":2,\"w\":3,\"\\u007a\":4}]}}}",
                "[{\"channel\":\"a\",\"payload\":1},{\"channel\":\"a\",\"payload\":1,\"payload\":1}]",
                "{\"channel\":\"a\",\"unknown\":{\"a\":1,\"a\":2},\"payload\":1}",
            })
    void aMalformedBodyIsRejectedWithItsPlace(String body) {
        var refusal = ((Rejected) parse(body)).refusal();

        assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal.field()).isEqualTo("body");
        assertThat(refusal.got())
                .contains("at line 1, column ")
                .doesNotContain("[Source", "REDACTED");
    }

    @Test
    void namesADuplicateKeyAndItsPlace() {
        var refusal =
                ((Rejected) parse("{\"channel\":\"a\",\n \"payload\":{\"b\":1,\"b\":2}}"))
                        .refusal();

        assertThat(refusal.got()).isEqualTo("Duplicate field 'b' at line 2, column 22");
    }

    @Test
    void aBodyThatIsNotUtf8IsRejected() {
        var body = "{\"channel\":\"a\",\"payload\":\"é\"}".getBytes(ISO_8859_1);

        assertThat(
                        ((Rejected)
                                        PublishBody.parse(
                                                body,
                                                new PublishLimits(
                                                        LARGEST_PAYLOAD, LARGEST_PAYLOAD, 1000)))
                                .refusal()
                                .got())
                .isEqualTo("byte 0xe9 at offset 26 is not UTF-8 text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"a\"", "null", "true"})
    void aBodyIsAnObjectOrAnArray(String body) {
        assertThat(((Rejected) parse(body)).refusal().expected())
                .isEqualTo("an object with channel and payload, or an array of such objects");
    }

    @Test
    void theMembersOfAnArrayAreTakenOrRefusedEachForItself() {
        var good = "{\"channel\":\"a\",\"payload\":1}";
        var large = "{\"channel\":\"a\",\"payload\":\"" + "x".repeat(200) + "\"}";
        var many = (Many) parse("[" + good + ", {\"payload\":1}," + large + "\n," + good + "]");

        assertThat(many.entries())
                .containsExactly(
                        new Entry.Wanted(draft("a", null, null, "1")),
                        new Entry.Refused(
                                new Refusal(
                                        ErrorCode.BAD_REQUEST,
                                        "channel",
                                        "nothing",
                                        "a channel's name")),
                        new Entry.Refused(
                                new Refusal(
                                        ErrorCode.PAYLOAD_TOO_LARGE,
                                        "payload",
                                        "202 bytes",
                                        "at most 100 bytes")),
                        new Entry.Wanted(draft("a", null, null, "1")));
    }

    @Test
    void anArrayMemberThatIsNoObjectRejectsTheWhole() {
        assertThat(parse("[{\"channel\":\"a\",\"payload\":1},[]]"))
                .isEqualTo(
                        new Rejected(
                                new Refusal(
                                        ErrorCode.BAD_REQUEST,
                                        "body[1]",
                                        "an array",
                                        "an object with channel and payload")));
    }

    @Test
    void anArrayHasAtMostAThousandMembers() {
        var member = "{\"channel\":\"a\",\"payload\":1}";

        assertThat(((Many) parse("[" + member + ("," + member).repeat(999) + "]")).entries())
                .hasSize(1000);
        assertThat(parse("[" + member + ("," + member).repeat(1000) + "]"))
                .isEqualTo(
                        new Rejected(
                                new Refusal(
                                        ErrorCode.PAYLOAD_TOO_LARGE,
                                        "body",
                                        "more than 1000 members",
                                        "at most 1000 publications")));
    }

    @Test
    void anEmptyArrayPublishesNothing() {
        assertThat(((Many) parse("[]")).entries()).isEmpty();
    }

    private static PublishBody parse(String body) {
        return PublishBody.parse(
                body.getBytes(UTF_8), new PublishLimits(LARGEST_PAYLOAD, LARGEST_PAYLOAD, 1000));
    }

    private static Draft wanted(String body) {
        return ((Entry.Wanted) ((One) parse(body)).entry()).draft();
    }

    private static Refusal refused(String body) {
        return ((Entry.Refused) ((One) parse(body)).entry()).refusal();
    }

    private static One one(Draft draft) {
        return new One(new Entry.Wanted(draft));
    }

    private static Draft draft(String channel, String id, String event, String payload) {
        return new Draft(channel, id, event, Payload.json(payload), Audience.EVERYONE);
    }
}
