package dev.fanfare.protocols.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Push;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every payload and every text. */
class JsonPropertyTest {
    @Property
    void anyBytesComeThroughVerbatimWhenAlone(@ForAll byte[] bytes) {
        var payload = Payload.of(bytes, Payload.Format.JSON);

        assertThat(JsonCodec.PLAIN.encode(new Push.Published(publication("c", "m", payload))))
                .containsExactly(bytes);
    }

    @Property
    void anEnvelopeReadsBackAsWhatWasPublished(
            @ForAll("texts") String channel,
            @ForAll("texts") String id,
            @ForAll("texts") String text)
            throws IOException {
        var payload = Payload.of(text.getBytes(UTF_8), Payload.Format.TEXT);
        var encoded =
                JsonCodec.ENVELOPE_LINES
                        .encode(new Push.Published(publication(channel, id, payload)))
                        .getFirst();

        assertThat(members(encoded))
                .containsExactly(
                        entry("channel", channel),
                        entry("id", id),
                        entry("epoch", "e"),
                        entry("offset", "1"),
                        entry("time", "2"),
                        entry("payload", text));
        assertThat(new String(encoded, UTF_8)).doesNotContain("\n", "\r");
    }

    @Property
    void aPublishedPayloadIsTheBytesBetweenItsNeighbours(
            @ForAll("texts") String text,
            @ForAll("whiteSpace") String before,
            @ForAll("whiteSpace") String after) {
        var payload =
                "["
                        + before
                        + new String(new JsonWriter(8).string(text).toBytes(), UTF_8)
                        + after
                        + "]";
        var message =
                "{\"type\":\"publish\",\"channel\":\"c\",\"payload\":"
                        + before
                        + payload
                        + after
                        + "}";

        var request = JsonCodec.PLAIN.decode(message.getBytes(UTF_8), false).getFirst();
        assertThat(request.command())
                .isEqualTo(new Command.Publish("c", null, Payload.json(payload)));
    }

    @Property
    void oneLineMeansTheSame(@ForAll("texts") String text, @ForAll("whiteSpace") String space) {
        var string = new String(new JsonWriter(8).string(text).toBytes(), UTF_8);
        var compact = "{\"a\":[1,%s,{}]}".formatted(string);
        var spread = "%1$s{%1$s\"a\"%1$s:%1$s[1%1$s,\n%2$s,{%1$s}]}".formatted(space, string);

        assertThat(OneLine.of(spread.getBytes(UTF_8))).isEqualTo(compact.getBytes(UTF_8));
    }

    @Property(tries = 5000)
    void utf8IsWhatTheJdkDecodes(@ForAll("nearlyUtf8") byte[] bytes) {
        int at = Utf8.malformedAt(bytes);

        assertThat(at < 0).isEqualTo(isUtf8(bytes));
        if (at >= 0) {
            assertThat(isUtf8(Arrays.copyOf(bytes, at))).isTrue();
        }
    }

    @Provide
    Arbitrary<String> texts() {
        var characters = Arbitraries.chars().all().filter(c -> !Character.isSurrogate(c));
        var odd =
                Arbitraries.of(
                        "\"", "\\", "\n", "\r", "\u2028", "\u0000", "𝄞", "❤️", "/", "\u007f");
        return Arbitraries.oneOf(characters.map(String::valueOf), odd)
                .list()
                .ofMinSize(1)
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> whiteSpace() {
        return Arbitraries.strings().withChars(" \t\r\n").ofMaxLength(4);
    }

    @Provide
    Arbitrary<byte[]> nearlyUtf8() {
        var edges =
                Arbitraries.of(
                        0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2,
                        0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5,
                        0xFF);
        return edges.map(Integer::byteValue).array(byte[].class).ofMaxSize(12);
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }

    private static Map<String, String> members(byte[] object) throws IOException {
        var members = new LinkedHashMap<String, String>();
        try (var parser = new JsonFactory().createParser(object)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                parser.nextToken();
                members.put(parser.currentName(), parser.getText());
            }
            assertThat(parser.nextToken()).isNull();
        }
        return members;
    }

    private static Publication publication(String channel, String id, Payload payload) {
        return new Publication(
                new Channel(channel),
                new StreamPosition("e", 1),
                2,
                new Message(id, null, payload, null, Audience.EVERYONE));
    }
}
