package dev.fanfare.protocols.centrifuge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.fanfare.core.protocol.Reply;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How publications are said, in both encodings. */
class PublicationTest {
    private static final Codec JSON = CentrifugeCodec.json("0.1.0");
    private static final Codec PROTOBUF = CentrifugeCodec.protobuf("0.1.0");
    private static final Channel ROOM = new Channel("room");
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
