package dev.fanfare.protocols.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Attributes;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Payload.Format;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Push;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How an event beside its payload is told to clients that know payloads alone. */
class NamedDataTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            quoteCharacter = '~',
            value = {
                "tick | JSON   | {'a':1} | ~~    | {'type':'tick','data':{'a':1}}",
                "tick | TEXT   | a\"b    | ~~    | {'type':'tick','data':'a\\\"b'}",
                "tick | TEXT   | ~~      | ~~    | {'type':'tick','data':''}",
                "tick | TEXT   | [1      | json  | {'type':'tick','data':'[1','encoding':'json'}",
                "tick | BINARY | hi      | ~~    |"
                        + " {'type':'tick','data':'aGk=','encoding':'base64'}",
                "tick | BINARY | hi      | a/b   |"
                        + " {'type':'tick','data':'aGk=','encoding':'a/b/base64'}",
                "tick | BINARY | ~~      | ~~    | {'type':'tick','data':null}",
                "~~   | JSON   | 1       | ~~    | {'type':'','data':1}",
                "-    | JSON   | {'a':1} | ~~    | {'a':1}",
                "-    | TEXT   | hi      | ~~    | 'hi'",
                "-    | TEXT   | hi      | utf-8 | {'data':'hi','encoding':'utf-8'}",
                "-    | BINARY | hi      | ~~    | {'data':'aGk=','encoding':'base64'}",
                "-    | BINARY | ~~      | ~~    | null",
            })
    void isAnObjectOfBoth(
            @Nullable String event, Format format, String data, String encoding, String told) {
        var payload =
                Payload.of(data.replace('\'', '"').getBytes(UTF_8), format)
                        .with(new Attributes(true, encoding, ""));

        assertThat(NamedData.payload(message(event, payload)))
                .isEqualTo(Payload.json(told.replace('\'', '"')));
    }

    @Test
    void tellsExtras() {
        var payload = Payload.json("1").with(new Attributes(true, "", "{\"x\":2}"));

        assertThat(NamedData.payload(message(null, payload)))
                .isEqualTo(Payload.json("{\"data\":1,\"extras\":{\"x\":2}}"));
    }

    @Test
    void isThePayloadWhereThatNamesItsEvent() {
        var payload = Payload.of(new byte[] {1, 2}, Format.BINARY);

        assertThat(NamedData.payload(message("tick", payload))).isSameAs(payload);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "PLAIN          | {'type':'tick','data':{¶'a':1}}",
                "PLAIN_LINES    | {'type':'tick','data':{'a':1}}",
                "ENVELOPE       | {'channel':'c','id':'m','time':5,"
                        + "'payload':{'type':'tick','data':{¶'a':1}}}",
                "ENVELOPE_LINES | {'channel':'c','id':'m','time':5,"
                        + "'payload':{'type':'tick','data':{'a':1}}}",
            })
    void isWhatSubscribersGet(JsonCodec codec, String told) {
        var payload = Payload.json("{\n\"a\":1}").with(new Attributes(true, "", ""));
        var publication =
                new Publication(new Channel("c"), StreamPosition.NONE, 5, message("tick", payload));

        assertThat(codec.encode(new Push.Published(publication)))
                .containsExactly(told.replace('\'', '"').replace('¶', '\n').getBytes(UTF_8));
    }

    private static Message message(@Nullable String event, Payload payload) {
        return new Message("m", event, payload, null, Audience.EVERYONE);
    }
}
