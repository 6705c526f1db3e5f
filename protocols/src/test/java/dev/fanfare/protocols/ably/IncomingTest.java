package dev.fanfare.protocols.ably;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.protocols.ably.Data.Form;
import dev.fanfare.protocols.ably.WirePresence.Action;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients say, in either format. */
class IncomingTest {
    static Stream<Arguments> words() {
        return Stream.of(
                heard("{'action':0}", new Incoming.Heartbeat(null)),
                heard("{'action':0,'id':'7f'}", new Incoming.Heartbeat("7f")),
                heard("{'action':5}", new Incoming.Disconnect()),
                heard("{'action':7}", new Incoming.Close()),
                heard("{'action':10,'channel':'n'}", new Incoming.Attach("n", 0, Map.of(), null)),
                heard(
                        "{'action':10,'channel':'n','flags':327680.0,'channelSerial':'s',"
                                + "'params':{'rewind':1,'echo':true,'gone':null,'modes':'publish'},"
                                + "'new':{'a':[[]]}}",
                        new Incoming.Attach(
                                "n",
                                327680,
                                Map.of("rewind", "1", "echo", "true", "modes", "publish"),
                                "s")),
                heard("{'action':10}", new Incoming.Attach("", 0, Map.of(), null)),
                heard("{'action':12,'channel':''}", new Incoming.Detach("")),
                heard(
                        "{'action':15,'channel':'n','msgSerial':'3','id':'base'}",
                        new Incoming.Publish(3, "n", "base", List.of(), Map.of())),
                heard("{'action':16,'channel':'n'}", new Incoming.Sync("n")),
                heard("{'action':17,'auth':{'accessToken':'t'}}", new Incoming.Auth("t")),
                heard(
                        "{'action':15,'channel':'n','params':{'rewind':2.0}}",
                        new Incoming.Publish(0, "n", null, List.of(), Map.of("rewind", "2"))));
    }

    @ParameterizedTest
    @MethodSource("words")
    void isHeardInBothFormats(String json, Incoming incoming) throws Unreadable {
        for (var format : Formats.values()) {
            assertThat(format.read(in(format, json))).containsExactly(incoming);
        }
    }

    @ParameterizedTest
    @EnumSource
    void comesInArrays(Formats format) throws Unreadable {
        assertThat(format.read(in(format, "[{'action':7},{'action':0}]")))
                .containsExactly(new Incoming.Close(), new Incoming.Heartbeat(null));
        assertThat(format.read(in(format, "[]"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void messagesComeWithAllTheySay(Formats format) throws Unreadable {
        var message =
                format.readMessages(
                                in(
                                        format,
                                        "{'id':'a:0','name':'','data':'','clientId':'ann',"
                                                + "'connectionKey':'k','timestamp':5.0,"
                                                + "'extras':{'z':1,'a':[1.5,'é',{}]}}"))
                        .getFirst();

        assertThat(message.id()).isEqualTo("a:0");
        assertThat(message.name()).isEmpty();
        assertThat(message.data().form()).isEqualTo(Form.TEXT);
        assertThat(message.data().bytes()).isEmpty();
        assertThat(message.sender()).isEqualTo(new WireMessage.Sender("ann", null, "k"));
        assertThat(message.timestamp()).isEqualTo(5);
        assertThat(message.extras()).isEqualTo("{\"z\":1,\"a\":[1.5,\"é\",{}]}");
        assertThat(message.serial()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void membersComeWithAllTheySay(Formats format) throws Unreadable {
        var said =
                in(
                        format,
                        "{'action':14,'channel':'n','msgSerial':0,'presence':["
                                + "{'action':4,'id':'i','clientId':'ann','extras':{'a':1}}]}");

        var member = new WirePresence(Action.UPDATE, "i", "ann", null, Data.NONE, 0, "{\"a\":1}");
        assertThat(format.read(said))
                .singleElement()
                .usingRecursiveComparison()
                .isEqualTo(new Incoming.Presence(0, "n", List.of(member)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{}                                                | NONE   | ''      | -",
                "{'data':null,'encoding':'odd'}                    | NONE   | ''      | odd",
                "{'data':''}                                       | TEXT   | ''      | -",
                "{'data':'hi'}                                     | TEXT   | hi      | -",
                "{'data':'[1]','encoding':'json'}                  | TEXT   | [1]     | json",
                "{'data':[1, {'a' : 2.50}]}                        | TEXT   | [1,{'a':2.5}] | json",
                "{'data':{},'encoding':'json'}                     | TEXT   | {}      | json",
                "{'data':[],'encoding':'odd'}                      | TEXT   | []      | odd/json",
                "{'data':17}                                       | TEXT   | 17      | json",
                "{'data':1e300}                                    | TEXT   | 1.0E300 | json",
                "{'data':true}                                     | TEXT   | true    | json",
                "{'data':'aGk=','encoding':'base64'}               | BINARY | hi      | -",
                "{'data':'aGk=','encoding':'cipher+aes-128-cbc/base64'}"
                        + "                          | BINARY | hi | cipher+aes-128-cbc",
                "{'data':'a?','encoding':'base64'}                 | TEXT   | a?      | base64",
                "{'data':'a?','encoding':'x/base64'}               | TEXT   | a?      | x/base64",
                "{'data':'aGk=','encoding':'notbase64'}            | TEXT   | aGk=    | notbase64",
                "{'data':'aGk=','encoding':'base64/x'}             | TEXT   | aGk=    | base64/x",
                "{'data':'hi','encoding':'//,json/'}               | TEXT   | hi      | //,json/",
            })
    void dataIsTextOrBytes(String json, Form form, String content, String encoding)
            throws Unreadable {
        for (var format : Formats.values()) {
            var data = format.readMessages(in(format, json)).getFirst().data();

            assertThat(data.form()).isEqualTo(form);
            assertThat(new String(data.bytes(), UTF_8)).isEqualTo(content.replace('\'', '"'));
            assertThat(data.encoding()).isEqualTo(encoding == null ? "" : encoding);
        }
    }

    @Test
    void bytesComeAsTheyAreInMsgpack() throws Unreadable {
        var message = Map.of("data", new byte[] {-1, 0}, "encoding", "utf-8/base64");

        var data = Formats.MSGPACK.readMessages(Formats.MSGPACK.writeTree(message)).getFirst();
        assertThat(data.data().form()).isEqualTo(Form.BINARY);
        assertThat(data.data().bytes()).containsExactly(-1, 0);
        assertThat(data.data().encoding()).isEqualTo("utf-8/base64");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'action':14,'presence':[{'action':5}]}      | 40000 | action: 5 (",
                "{'action':14,'presence':[{}]}                | 40000 | action: nothing (",
                "{'action':14,'channel':5}                    | 40000 | channel: 5 (",
                "{'action':15,'messages':{}}                  | 40000 | messages: an object (",
                "{'action':15,'messages':['hi']}              | 40000 | message: \"hi\" (",
                "{'action':15,'messages':[{},{'name':1}]}     | 40000 | message.name: 1 (",
                "{'action':15,'messages':[{'extras':[1]}]}    | 40000 | message.extras: an array (",
                "{'action':15,'messages':[{},{'action':1}]}   | 93002 | message.action: 1 (",
                "{'action':21,'channel':'n'}                  | 40000 | action: 21 (",
                "{'action':4294967296}                        | 40000 | action: 2147483647 (",
            })
    void whatCannotBeDoneIsRefusedAndTheConnectionGoesOn(String json, int code, String why)
            throws Unreadable {
        for (var format : Formats.values()) {
            var said = json.replace("{'action':", "{'msgSerial':3,'action':");
            assertThat(format.read(in(format, said)))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Incoming.Refused.class,
                            refused -> {
                                assertThat(refused.msgSerial()).isEqualTo(3);
                                assertThat(refused.why().code()).isEqualTo(code);
                                assertThat(refused.why().message()).contains(why);
                            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsAnsweredThatSaysNoSerial(Formats format) throws Unreadable {
        assertThat(format.read(in(format, "{'action':99}")))
                .singleElement()
                .isInstanceOfSatisfying(
                        Incoming.Refused.class,
                        refused -> assertThat(refused.msgSerial()).isEqualTo(-1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "null",
                "[[]]",
                "{}",
                "{'action':'x'}",
                "{'action':0.5}",
                "{'action':0,'id':5}",
                "{'action':10,'channel':[]}",
                "{'action':10,'params':{'a':[]}}",
                "{'action':10,'params':5}",
                "{'action':14,'msgSerial':'x'}",
                "{'action':15,'msgSerial':0.5}",
                "{'action':17}",
                "{'action':17,'auth':{}}",
            })
    void isRefusedInBothFormatsWhereItIsNothingOfTheProtocol(String json) {
        for (var format : Formats.values()) {
            assertThatThrownBy(() -> format.read(in(format, json)))
                    .isInstanceOf(Unreadable.class)
                    .hasMessageContaining("(expected: ");
        }
    }

    private static Arguments heard(String json, Incoming incoming) {
        return Arguments.of(json, incoming);
    }

    private static byte[] in(Format format, String json) throws Unreadable {
        return format.writeTree(Formats.JSON.readTree(json.replace('\'', '"').getBytes(UTF_8)));
    }
}
