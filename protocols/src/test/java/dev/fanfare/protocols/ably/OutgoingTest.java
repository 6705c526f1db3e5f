package dev.fanfare.protocols.ably;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.protocols.ably.Outgoing.ConnectionDetails;
import dev.fanfare.protocols.ably.WireMessage.Sender;
import dev.fanfare.protocols.ably.WirePresence.Action;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server says, in JSON to the letter, and in msgpack the same. */
class OutgoingTest {
    private static final ErrorInfo DENIED = ErrorInfo.of(40160, "no \"publish\"");
    private static final ConnectionDetails DETAILS =
            new ConnectionDetails("key", null, 65536, 524288, 120_000, 15_000, "node");

    static Stream<Arguments> words() {
        return Stream.of(
                said(new Outgoing.Heartbeat(null), "{'action':0}"),
                said(new Outgoing.Heartbeat("7f"), "{'action':0,'id':'7f'}"),
                said(
                        new Outgoing.Ack(0, List.of(List.of("s1", "s2"), List.of())),
                        "{'action':1,'msgSerial':0,'count':2,"
                                + "'res':[{'serials':['s1','s2']},{'serials':[]}]}"),
                said(
                        new Outgoing.Nack(0, 1, DENIED),
                        "{'action':2,'msgSerial':0,'count':1,'error':{'code':40160,"
                                + "'statusCode':401,'message':'no \\'publish\\''}}"),
                said(
                        new Outgoing.Connected("c", DETAILS, null),
                        "{'action':4,'connectionId':'c','connectionDetails':{'connectionKey':'key',"
                                + "'maxMessageSize':65536,'maxFrameSize':524288,"
                                + "'connectionStateTtl':120000,'maxIdleInterval':15000,"
                                + "'serverId':'node'}}"),
                said(
                        new Outgoing.Disconnected(new ErrorInfo(40142, 401, "expired")),
                        "{'action':6,'error':{'code':40142,'statusCode':401,'message':'expired'}}"),
                said(new Outgoing.Closed(), "{'action':8}"),
                said(
                        new Outgoing.Failed(null, new ErrorInfo(1, 400, "")),
                        "{'action':9,'error':{'code':1,'statusCode':400,'message':''}}"),
                said(
                        new Outgoing.Failed("", new ErrorInfo(1, 400, "")),
                        "{'action':9,'channel':'','error':{'code':1,'statusCode':400,"
                                + "'message':''}}"),
                said(
                        new Outgoing.Attached("n", "s", 0, Map.of(), null),
                        "{'action':11,'channel':'n','channelSerial':'s','flags':0}"),
                said(
                        new Outgoing.Attached("n", "s", 4, Map.of("rewind", "1"), null),
                        "{'action':11,'channel':'n','channelSerial':'s','flags':4,"
                                + "'params':{'rewind':'1'}}"),
                said(new Outgoing.Detached("n", null), "{'action':13,'channel':'n'}"),
                said(
                        new Outgoing.Presence("n", null, List.of(member(Action.LEAVE))),
                        "{'action':14,'channel':'n','presence':[{'action':3,'clientId':'ann',"
                                + "'connectionId':'c','id':'c:0:0','data':'hi',"
                                + "'timestamp':5}]}"),
                said(
                        new Outgoing.Sync("n", "17", "", List.of()),
                        "{'action':16,'channel':'n','channelSerial':'17:','presence':[]}"),
                said(new Outgoing.Auth(), "{'action':17}"));
    }

    @ParameterizedTest
    @MethodSource("words")
    void isSaidInJson(Outgoing outgoing, String json) {
        assertThat(new String(Formats.JSON.write(outgoing), UTF_8)).isEqualTo(json);
    }

    @ParameterizedTest
    @MethodSource("words")
    void isSaidTheSameInMsgpack(Outgoing outgoing, String json) throws Unreadable {
        assertThat(Formats.MSGPACK.readTree(Formats.MSGPACK.write(outgoing)))
                .isEqualTo(Formats.JSON.readTree(json.getBytes(UTF_8)));
    }

    @Test
    void messagesTellAllThatIsKnownOfThem() {
        var message =
                new WireMessage(
                        "c:0:0",
                        "greeting",
                        Data.text(""),
                        new Sender("ann", "c", "secret"),
                        9,
                        "{\"headers\":{\"a\":[1,2.5,null]}}",
                        "s:000");

        assertThat(json(new Outgoing.Messages("n", "s", List.of(message))))
                .isEqualTo(
                        quoted(
                                "{'action':15,'channel':'n','channelSerial':'s','messages':["
                                        + "{'id':'c:0:0','name':'greeting','data':'',"
                                        + "'clientId':'ann','connectionId':'c','timestamp':9,"
                                        + "'extras':{'headers':{'a':[1,2.5,null]}},"
                                        + "'serial':'s:000','action':0}]}"));
    }

    @Test
    void bytesAreBase64InJsonAndThemselvesInMsgpack() throws Unreadable {
        var data = new Data(Data.Form.BINARY, new byte[] {1, 2, -1}, "utf-8/cipher+aes-128-cbc");
        var message = new WireMessage(null, null, data, Sender.NOBODY, 0, null, null);

        assertThat(new String(Formats.JSON.writeTree(message), UTF_8))
                .isEqualTo(
                        quoted(
                                "{'data':'AQL/','encoding':'utf-8/cipher+aes-128-cbc/base64',"
                                        + "'action':0}"));
        assertThat(Formats.MSGPACK.readTree(Formats.MSGPACK.writeTree(message)))
                .isInstanceOfSatisfying(
                        Map.class,
                        fields -> {
                            assertThat(fields.get("data")).isEqualTo(data.bytes());
                            assertThat(fields.get("encoding")).isEqualTo(data.encoding());
                        });
    }

    @Test
    void errorsHaveTheStatusThatTheirCodeNames() {
        assertThat(ErrorInfo.of(40160, "").status()).isEqualTo(401);
        assertThat(ErrorInfo.of(50003, "").status()).isEqualTo(500);
        assertThat(ErrorInfo.of(91000, "").status()).isEqualTo(400);
        assertThat(ErrorInfo.of(80018, "").status()).isEqualTo(400);
    }

    @Test
    void documentsBecomeOneArray() throws Unreadable {
        for (var format : Formats.values()) {
            var one = format.write(new Outgoing.Closed());
            var two = format.write(new Outgoing.Heartbeat("x"));

            assertThat(format.readTree(format.writeList(List.of(one, two))))
                    .isEqualTo(List.of(Map.of("action", 8L), Map.of("action", 0L, "id", "x")));
        }
    }

    private static WirePresence member(Action action) {
        return new WirePresence(action, "c:0:0", "ann", "c", Data.text("hi"), 5, null);
    }

    private static Arguments said(Outgoing outgoing, String json) {
        return Arguments.of(outgoing, quoted(json));
    }

    private static String json(Outgoing outgoing) {
        return new String(Formats.JSON.write(outgoing), UTF_8);
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
