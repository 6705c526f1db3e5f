package dev.fanfare.protocols.centrifuge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Attributes;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.protocols.delta.Fossil;
import dev.fanfare.protocols.json.JsonWriter;
import dev.fanfare.protocols.json.NamedData;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How publications are said, in both encodings. */
class PublicationTest {
    private static final Codec JSON = CentrifugeCodec.json("0.1.0");
    private static final Codec PROTOBUF = CentrifugeCodec.protobuf("0.1.0");
    private static final Channel ROOM = new Channel("room");
    private static final String SENTENCE =
            "\"the quick brown fox jümps over the lazy dog, and again it jümps\"";
    private static final StreamPosition SECOND = new StreamPosition("ep", 2);

    @Test
    void carriesItsTags() {
        var push = new Push.Published(publication(Map.of("a", "b")));

        assertThat(json(push))
                .isEqualTo(
                        "{\"push\":{\"channel\":\"room\",\"pub\":{\"data\":1,\"offset\":2,"
                                + "\"tags\":{\"a\":\"b\"},\"time\":7}}}");
        assertThat(protobuf(push))
                .isEqualTo(hex("19 2217 1204726f6f6d 220f 220131 3002 3a06 0a0161 120162 4807"));
    }

    @Test
    void carriesItsTagsInAHistory() {
        var history = new History(List.of(publication(Map.of("a", "b"))), SECOND);

        assertThat(json(new Output.Answer("1", new Reply.Past(ROOM, history))))
                .contains("\"offset\":2,\"tags\":{\"a\":\"b\"},\"time\":7}]");
    }

    @Test
    void isATextWhereItComesWholeToWhoCanDoWithAChange() {
        var push = Push.Delta.after(null, publication(2, Payload.json("{\n\"n\": \"ü\" }")));

        assertThat(json(push))
                .contains(
                        "\"pub\":{\"data\":\"{\\n"
                                + "\\\"n\\\": \\\"ü\\\" }\",\"offset\":2,\"time\":7}");
        assertThat(protobuf(push))
                .contains(HexFormat.of().formatHex("{\n\"n\": \"ü\" }".getBytes(UTF_8)))
                .doesNotContain("4001");
    }

    @Test
    void isWhatHasChangedWhereThatIsShorter() throws Exception {
        var base = publication(1, Payload.json(SENTENCE));
        var next = publication(2, Payload.json(SENTENCE.replace("jümps", "læps")));
        var push = Push.Delta.after(base, next);

        var changed = Fossil.textDelta(bytes(base), bytes(next));
        assertThat(json(push))
                .contains("\"data\":" + new String(quoted(changed), UTF_8))
                .contains("\"delta\":true");
        assertThat(Fossil.apply(bytes(base), changed)).isEqualTo(bytes(next));
        assertThat(protobuf(push))
                .contains(HexFormat.of().formatHex(Fossil.delta(bytes(base), bytes(next))))
                .contains("4001");
    }

    @Test
    void isWholeWhereWhatHasChangedIsNotShorter() {
        var base = publication(1, Payload.json("{\"n\":1}"));
        var push = Push.Delta.after(base, publication(2, Payload.json("{\"n\":2}")));

        assertThat(json(push))
                .contains("\"pub\":{\"data\":\"{\\\"n\\\":2}\",\"offset\":2,\"time\":7}");
        assertThat(protobuf(push)).doesNotContain("4001");
    }

    /** The client takes what it has for JSON, whatever the publisher sent. */
    @Test
    void changesTheJsonThatAClientOfJsonHas() throws Exception {
        var base = publication(1, Payload.of(SENTENCE.getBytes(UTF_8), Payload.Format.TEXT));
        var next =
                publication(2, Payload.of((SENTENCE + "!").getBytes(UTF_8), Payload.Format.TEXT));

        var changed = Fossil.textDelta(quoted(bytes(base)), quoted(bytes(next)));
        assertThat(json(Push.Delta.after(base, next)))
                .contains("\"data\":" + new String(quoted(changed), UTF_8));
    }

    @Test
    void comesInAChainWhereItWasMissed() {
        var first = publication(1, Payload.json(SENTENCE));
        var second = publication(2, Payload.json(SENTENCE.replace("dog", "cat")));
        var terms = new Reply.Subscribed.Terms(SECOND, true, true, true, 0, Payload.NONE);
        var missed = List.of(first, second);
        var reply = new Reply.Subscribed(ROOM, SECOND, Recovery.RECOVERED, missed, terms);

        var changed = new String(quoted(Fossil.textDelta(bytes(first), bytes(second))), UTF_8);
        assertThat(json(new Output.Answer("1", reply)))
                .contains(
                        "[{\"data\":" + new String(quoted(bytes(first)), UTF_8) + ",\"offset\":1,")
                .contains("{\"data\":" + changed + ",\"offset\":2,\"delta\":true,")
                .endsWith("\"was_recovering\":true,\"delta\":true}}");
    }

    @Test
    void tellsAnEventBesideItsPayloadInBothEncodings() {
        var bytes = new byte[] {1, 2};
        var payload = Payload.of(bytes, Payload.Format.BINARY).with(new Attributes(true, "", ""));
        var push = new Push.Published(named(1, payload));

        var told = "{\"type\":\"tick\",\"data\":\"AQI=\",\"encoding\":\"base64\"}";
        assertThat(json(push)).contains("\"pub\":{\"data\":" + told + ",\"offset\":1,");
        assertThat(protobuf(push)).contains(HexFormat.of().formatHex(told.getBytes(UTF_8)));
    }

    @Test
    void changesWhatItToldBefore() throws Exception {
        var attributes = new Attributes(true, "", "");
        var base = named(1, Payload.json(SENTENCE).with(attributes));
        var next = named(2, Payload.json(SENTENCE.replace("dog", "cat")).with(attributes));

        var before = NamedData.payload(base.message()).bytes();
        var after = NamedData.payload(next.message()).bytes();
        var changed = Fossil.textDelta(before, after);
        assertThat(json(Push.Delta.after(base, next)))
                .contains("\"data\":" + new String(quoted(changed), UTF_8));
        assertThat(Fossil.apply(before, changed)).isEqualTo(after);
        assertThat(protobuf(Push.Delta.after(base, next)))
                .contains(HexFormat.of().formatHex(Fossil.delta(before, after)));
    }

    private static byte[] bytes(Publication publication) {
        return publication.message().payload().bytes();
    }

    private static byte[] quoted(byte[] text) {
        return new JsonWriter(64).string(text).toBytes();
    }

    private static Publication publication(long offset, Payload payload) {
        var message = new Message("m", null, payload, null, Audience.EVERYONE, Map.of(), true);
        return new Publication(ROOM, new StreamPosition("ep", offset), 7, message);
    }

    private static Publication named(long offset, Payload payload) {
        var message = new Message("m", "tick", payload, null, Audience.EVERYONE, Map.of(), true);
        return new Publication(ROOM, new StreamPosition("ep", offset), 7, message);
    }

    private static Publication publication(Map<String, String> tags) {
        var message =
                new Message("m", null, Payload.json("1"), null, Audience.EVERYONE, tags, false);
        return new Publication(ROOM, SECOND, 7, message);
    }

    private static String json(Output output) {
        return new String(JSON.encode(output).getFirst(), UTF_8);
    }

    private static String protobuf(Output output) {
        return HexFormat.of().formatHex(PROTOBUF.encode(output).getFirst());
    }

    private static String hex(String spaced) {
        return spaced.replace(" ", "");
    }
}
