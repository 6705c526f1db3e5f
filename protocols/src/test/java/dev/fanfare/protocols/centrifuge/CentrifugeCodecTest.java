package dev.fanfare.protocols.centrifuge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Codec;
import dev.fanfare.core.protocol.Command;
import dev.fanfare.core.protocol.Command.Subscribe.Options;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.ProtocolException;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.core.protocol.Reply;
import dev.fanfare.core.protocol.Reply.Connected.Place;
import dev.fanfare.core.protocol.Request;
import dev.fanfare.core.protocol.Unsubscribe;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Recorded conversations, and every answer and push in both encodings. */
class CentrifugeCodecTest {
    private static final Codec JSON = CentrifugeCodec.json("0.1.0");
    private static final Codec PROTOBUF = CentrifugeCodec.protobuf("0.1.0");
    private static final HexFormat HEX = HexFormat.of();
    private static final Channel ROOM = new Channel("room");
    private static final ClientInfo ANN = new ClientInfo("c1", "ann");
    private static final StreamPosition SECOND = new StreamPosition("ep", 2);

    @Test
    void readsTheSameFromBothRecordings() throws Exception {
        var lines = recording();
        for (int index = 0; index < lines.size(); index += 2) {
            var json = JSON.decode(lines.get(index).getBytes(UTF_8), false);
            assertThat(PROTOBUF.decode(HEX.parseHex(lines.get(index + 1)), true)).isEqualTo(json);
        }
    }

    @Test
    void readsWhatTheRecordingSays() throws Exception {
        var whole = String.join("\n", everySecond(recording()));
        var since = new StreamPosition("abcdefgh", 300);
        assertThat(JSON.decode(whole.getBytes(UTF_8), false))
                .containsExactly(
                        new Request("1", new Command.Connect("secret", List.of())),
                        new Request(
                                "2",
                                new Command.Subscribe(
                                        "chat:room",
                                        since,
                                        new Options("", true, true, true, false))),
                        new Request(
                                "3",
                                new Command.Publish("chat:room", null, Payload.json("{\"n\":1}"))),
                        new Request("4", new Command.Presence("chat:room")),
                        new Request("5", new Command.PresenceStats("chat:room")),
                        history("6", new HistoryQuery(null, Integer.MAX_VALUE, false)),
                        history("7", new HistoryQuery(null, 2, true)),
                        history("8", new HistoryQuery(new StreamPosition("x", 1), 2, false)),
                        new Request("9", new Command.Rpc()),
                        new Request("10", new Command.Unsubscribe("chat:room")),
                        new Request(null, new Command.Send()));
    }

    @ParameterizedTest
    @CsvSource({"fossil, true", "'', false", "other, false"})
    void readsThatAClientCanDoWithDeltas(String kind, boolean delta) throws Exception {
        var frame = "{\"id\":1,\"subscribe\":{\"channel\":\"a\",\"delta\":\"" + kind + "\"}}";
        var request = JSON.decode(frame.getBytes(UTF_8), false).getFirst();
        assertThat(((Command.Subscribe) request.command()).options().delta()).isEqualTo(delta);
    }

    @Test
    void anEmptyCommandIsAPong() throws Exception {
        var pong = List.of(new Request(null, new Command.Pong()));
        assertThat(JSON.decode("{}".getBytes(UTF_8), false)).isEqualTo(pong);
        assertThat(PROTOBUF.decode(new byte[1], true)).isEqualTo(pong);
    }

    @Test
    void readsProposedChannelsWithTheirPlaces() throws Exception {
        var frame =
                "{\"id\":1,\"connect\":{\"subs\":{\"a\":{\"recover\":true,\"epoch\":\"ep\",\"offset\":2}}}}";
        var requests = JSON.decode(frame.getBytes(UTF_8), false);
        assertThat(requests.getFirst().command())
                .isEqualTo(
                        new Command.Connect(
                                "",
                                List.of(
                                        new Command.Subscribe(
                                                "a",
                                                SECOND,
                                                new Options("", false, true, false, false)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "nonsense",
                "[]",
                "{\"id\":1}",
                "{\"id\":1,\"unknown\":{}}",
                "{\"ping\":{}}",
                "{\"id\":-1,\"ping\":{}}",
                "{\"id\":1,\"subscribe\":{}}",
                "{\"id\":1,\"subscribe\":[]}",
                "{\"id\":1,\"connect\":{\"token\":7}}",
                "{\"id\":1,\"subscribe\":{\"channel\":\"a\",\"recover\":true,\"offset\":-1}}"
            })
    void endsTheConnectionOverWhatItCannotRead(String frame) {
        assertThatThrownBy(() -> JSON.decode(frame.getBytes(UTF_8), false))
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        broken ->
                                assertThat(broken.disconnect()).isEqualTo(Disconnect.BAD_REQUEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "05", "0208", "028001", "0101", "030a0100", "ffffffffff01"})
    void endsTheConnectionOverBrokenProtobuf(String frame) {
        assertThatThrownBy(() -> PROTOBUF.decode(HEX.parseHex(frame), true))
                .isInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "INTERNAL, 100, internal server error, true",
        "UNKNOWN_CHANNEL, 102, unknown channel, false",
        "PERMISSION_DENIED, 103, permission denied, false",
        "ALREADY_SUBSCRIBED, 105, already subscribed, false",
        "LIMIT_EXCEEDED, 106, limit exceeded, false",
        "BAD_REQUEST, 107, bad request, false",
        "INVALID_PAYLOAD, 107, bad request, false",
        "NOT_AVAILABLE, 108, not available, false",
        "TOKEN_EXPIRED, 109, token expired, false",
        "TOO_MANY_REQUESTS, 111, too many requests, true",
        "UNRECOVERABLE, 112, unrecoverable position, false"
    })
    void numbersErrors(ErrorCode code, int number, String message, boolean temporary) {
        var refusal = new Refusal(code, "field", "got", "expected");
        var last = temporary ? ",\"temporary\":true" : "";
        assertThat(json(answer(new Reply.Failed(refusal))))
                .isEqualTo(
                        "{\"id\":1,\"error\":{\"code\":%d,\"message\":\"%s\"%s}}"
                                .formatted(number, message, last));
    }

    static Stream<Arguments> outputs() {
        var terms =
                new Reply.Subscribed.Terms(
                        new StreamPosition("ep", 1), true, true, false, 0, Payload.NONE);
        var recovered =
                new Reply.Subscribed(
                        ROOM, SECOND, Recovery.RECOVERED, List.of(publication(SECOND)), terms);
        var plain =
                new Reply.Subscribed(
                        ROOM,
                        SECOND,
                        Recovery.NOT_ASKED,
                        List.of(),
                        new Reply.Subscribed.Terms(SECOND, false, false, false, 0, Payload.NONE));
        return Stream.of(
                output(new Push.Ping(), "{}", "00"),
                output(
                        answer(new Reply.Connected("c1", 60, 25, List.of(recovered), null, 0)),
                        """
                        {"id":1,"connect":{"client":"c1","version":"0.1.0","expires":true,"ttl":60,\
                        "subs":{"room":{"recoverable":true,"epoch":"ep","publications":\
                        [{"data":{"n":1},"info":{"user":"ann","client":"c1"},"offset":2,"time":7}],\
                        "recovered":true,"offset":1,"positioned":true,"was_recovering":true}},\
                        "ping":25,"pong":true}}\
                        """,
                        null),
                output(
                        answer(
                                new Reply.Connected(
                                        "c1", 0, 0, List.of(), new Place("node", "secret"), 7)),
                        "{\"id\":1,\"connect\":{\"client\":\"c1\",\"version\":\"0.1.0\",\"session\":\"secret\",\"node\":\"node\",\"time\":7}}",
                        "1f 0801 2a1b 0a026331 1205302e312e30 4a06736563726574 52046e6f6465 5807"),
                output(
                        answer(new Reply.Refreshed("c1", 60)),
                        "{\"id\":1,\"refresh\":{\"client\":\"c1\",\"version\":\"0.1.0\",\"expires\":true,\"ttl\":60}}",
                        "13 0801 720f 0a026331 1205302e312e30 1801 203c"),
                output(answer(plain), "{\"id\":1,\"subscribe\":{}}", "04 0801 3200"),
                output(
                        answer(new Reply.Unsubscribed("room")),
                        "{\"id\":1,\"unsubscribe\":{}}",
                        "04 0801 3a00"),
                output(
                        answer(new Reply.Published(ROOM, "m", SECOND)),
                        "{\"id\":1,\"publish\":{}}",
                        "04 0801 4200"),
                output(
                        answer(new Reply.Members(ROOM, Map.of("c1", ANN))),
                        "{\"id\":1,\"presence\":{\"presence\":{\"c1\":{\"user\":\"ann\",\"client\":\"c1\"}}}}",
                        "15 0801 4a11 0a0f 0a026331 1209 0a03616e6e 12026331"),
                output(
                        answer(new Reply.Members(ROOM, Map.of())),
                        "{\"id\":1,\"presence\":{\"presence\":{}}}",
                        "04 0801 4a00"),
                output(
                        answer(new Reply.Stats(0, 0)),
                        "{\"id\":1,\"presence_stats\":{\"num_clients\":0,\"num_users\":0}}",
                        "04 0801 5200"),
                output(
                        answer(new Reply.Past(ROOM, History.NONE)),
                        "{\"id\":1,\"history\":{\"publications\":[],\"epoch\":\"\",\"offset\":0}}",
                        "04 0801 5a00"),
                output(
                        new Push.Published(publication(new StreamPosition("ep", 1))),
                        """
                        {"push":{"channel":"room","pub":{"data":{"n":1},\
                        "info":{"user":"ann","client":"c1"},"offset":1,"time":7,"epoch":"ep"}}}\
                        """,
                        null),
                output(
                        new Push.Member(ROOM, new Membership.Joined(ANN)),
                        "{\"push\":{\"channel\":\"room\",\"join\":{\"info\":{\"user\":\"ann\",\"client\":\"c1\"}}}}",
                        "15 2213 1204726f6f6d 2a0b 0a09 0a03616e6e 12026331"),
                output(
                        new Push.Member(ROOM, new Membership.Left(ANN)),
                        "{\"push\":{\"channel\":\"room\",\"leave\":{\"info\":{\"user\":\"ann\",\"client\":\"c1\"}}}}",
                        "15 2213 1204726f6f6d 320b 0a09 0a03616e6e 12026331"),
                output(
                        new Push.Unsubscribed(ROOM, Unsubscribe.INSUFFICIENT_STATE),
                        "{\"push\":{\"channel\":\"room\",\"unsubscribe\":{\"code\":2500,\"reason\":\"insufficient"
                            + " state\"}}}",
                        "21 221f 1204726f6f6d 3a17 10c413 1a12"
                                + " 696e73756666696369656e74207374617465"),
                output(
                        new Push.Disconnected(Disconnect.SHUTDOWN),
                        "{\"push\":{\"disconnect\":{\"code\":3001,\"reason\":\"shutdown\",\"reconnect\":true}}}",
                        "13 2211 5a0f 08b917 120873687574646f776e 1801"));
    }

    /**
     * @param hex null: only that it can be said at all
     */
    @ParameterizedTest
    @MethodSource("outputs")
    void saysItInBothEncodings(Output output, String json, String hex) {
        assertThat(json(output)).isEqualTo(json);
        var bytes = PROTOBUF.encode(output).getFirst();
        if (hex == null) {
            assertThat(bytes).isNotEmpty();
        } else {
            assertThat(HEX.formatHex(bytes)).isEqualTo(hex.replace(" ", ""));
        }
    }

    @Test
    void hasNoWordForARefreshThatTheClientDidNotAskFor() {
        assertThat(JSON.encode(new Push.Refreshed(60))).isEmpty();
        assertThat(PROTOBUF.encode(new Push.Refreshed(60))).isEmpty();
    }

    private static Arguments output(Output output, String json, String hex) {
        return Arguments.of(output, json, hex);
    }

    private static String json(Output output) {
        return new String(JSON.encode(output).getFirst(), UTF_8);
    }

    private static Output answer(Reply reply) {
        return new Output.Answer("1", reply);
    }

    private static Request history(String id, HistoryQuery query) {
        return new Request(id, new Command.History("chat:room", query));
    }

    private static Publication publication(StreamPosition position) {
        var payload = Payload.json("{\n \"n\": 1 }");
        return new Publication(
                ROOM, position, 7, new Message("m", null, payload, ANN, Audience.EVERYONE));
    }

    private static List<String> recording() throws IOException {
        try (var stream = CentrifugeCodecTest.class.getResourceAsStream("conversation.txt")) {
            return new String(stream.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    private static List<String> everySecond(List<String> lines) {
        return Stream.iterate(0, index -> index < lines.size(), index -> index + 2)
                .map(lines::get)
                .toList();
    }
}
