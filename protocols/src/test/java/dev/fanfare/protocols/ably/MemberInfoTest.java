package dev.fanfare.protocols.ably;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Payload;
import dev.fanfare.protocols.ably.Data.Form;
import dev.fanfare.protocols.ably.WirePresence.Action;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberInfoTest {
    static Stream<Data> data() {
        return Stream.of(
                Data.NONE,
                Data.text(""),
                Data.text("hi \"ü\""),
                Data.json("{\"a\":1}".getBytes(UTF_8)),
                Data.binary(new byte[] {-1, 0}),
                Data.binary(new byte[0]),
                new Data(Form.BINARY, new byte[] {1}, "json/utf-8/cipher+aes-128-cbc"),
                new Data(Form.TEXT, "?".getBytes(UTF_8), "odd/base64"));
    }

    @ParameterizedTest
    @MethodSource("data")
    void aMemberIsToldAsItWasKept(Data data) {
        var member = new WirePresence(Action.UPDATE, "c:1:0", "a:b", "c", data, 5, "{\"x\":[]}");

        assertThat(MemberInfo.presence(Action.UPDATE, MemberInfo.client(member), 99))
                .usingRecursiveComparison()
                .isEqualTo(member);
    }

    @Test
    void othersSeeWhatItSaysAsJson() {
        var member = new WirePresence(Action.ENTER, "c:1:0", "ann", "c", Data.text("hi"), 5, null);

        var info = MemberInfo.client(member);
        assertThat(info.client()).isEqualTo(MemberInfo.client("c", "ann")).isEqualTo("c:ann");
        assertThat(info.user()).isEqualTo("ann");
        assertThat(info.channelInfo())
                .isEqualTo(Payload.json("{\"id\":\"c:1:0\",\"data\":\"hi\",\"timestamp\":5}"));
    }

    @Test
    void leavesNowWhereItHasNotSaidSo() {
        var here = new WirePresence(Action.ENTER, "c:1:0", "ann", "c", Data.text("hi"), 5, null);
        var left = new WirePresence(Action.LEAVE, "c:2:0", "ann", "c", Data.text("hi"), 6, null);

        assertThat(MemberInfo.presence(Action.LEAVE, MemberInfo.client(left), 99))
                .usingRecursiveComparison()
                .isEqualTo(left);
        assertThat(MemberInfo.presence(Action.LEAVE, MemberInfo.client(here), 99))
                .extracting(WirePresence::id, WirePresence::timestamp)
                .containsExactly("member:c:1:0", 99L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "{\"id\":5}", "{"})
    void whatSaysSomethingElseIsOfAnotherProtocol(String info) {
        var member = new ClientInfo("c:ann", "ann", Payload.NONE, Payload.json(info));

        assertThat(MemberInfo.presence(Action.PRESENT, member, 99))
                .isEqualTo(
                        new WirePresence(
                                Action.PRESENT,
                                "member:c:ann",
                                "ann",
                                "c:ann",
                                Data.NONE,
                                99,
                                null));
    }
}
