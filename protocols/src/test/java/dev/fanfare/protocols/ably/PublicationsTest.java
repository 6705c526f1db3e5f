package dev.fanfare.protocols.ably;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Attributes;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.protocols.ably.Data.Form;
import dev.fanfare.protocols.ably.WireMessage.Sender;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PublicationsTest {
    static Stream<Data> data() {
        return Stream.concat(
                MemberInfoTest.data().filter(data -> !isEmpty(data)),
                Stream.of(new Data(Form.NONE, new byte[0], "odd")));
    }

    private static boolean isEmpty(Data data) {
        return data.form() == Form.BINARY && data.bytes().length == 0;
    }

    @ParameterizedTest
    @MethodSource("data")
    void dataComesBackAsItWasPublished(Data data) {
        var published = message(data, "{\"x\":1}");

        var told = told(Publications.payload(published));
        assertThat(told.data()).usingRecursiveComparison().isEqualTo(data);
        assertThat(told.extras()).isEqualTo("{\"x\":1}");
    }

    /** A payload has no other way to say it; every receiver undoes it to no bytes. */
    @Test
    void noBytesAreToldAsTheBase64OfThem() {
        var told = told(Publications.payload(message(Data.binary(new byte[0]), null)));

        assertThat(told.data())
                .usingRecursiveComparison()
                .isEqualTo(new Data(Form.TEXT, new byte[0], "base64"));
    }

    @ParameterizedTest
    @CsvSource({
        "[1],json,JSON",
        "' {} ',json,JSON",
        "'\"\"',json,JSON",
        "[1,json,TEXT",
        "'',json,TEXT",
        "[1],utf-8/json,TEXT",
        "[1],'',TEXT"
    })
    void jsonIsWhatSaysSoAndIs(String text, String encoding, Payload.Format format) {
        var data = new Data(Form.TEXT, text.getBytes(UTF_8), encoding);

        var payload = Publications.payload(message(data, null));
        assertThat(payload.format()).isEqualTo(format);
        assertThat(payload.bytes()).isEqualTo(data.bytes());
        assertThat(payload.attributes())
                .isEqualTo(new Attributes(true, format == Payload.Format.JSON ? "" : encoding, ""));
    }

    @Test
    void aPublisherIsToldWhereThereIsOne() {
        assertThat(told(new ClientInfo("c", "ann")).sender())
                .isEqualTo(new Sender("ann", "c", null));
        assertThat(told(new ClientInfo("c", "")).sender()).isEqualTo(new Sender(null, "c", null));
        assertThat(told(new ClientInfo("", "ann")).sender())
                .isEqualTo(new Sender("ann", null, null));
        assertThat(told(Payload.json("1")).sender()).isEqualTo(Sender.NOBODY);
    }

    private static WireMessage message(Data data, String extras) {
        return new WireMessage("id", "name", data, Sender.NOBODY, 0, extras, null);
    }

    private static WireMessage told(ClientInfo publisher) {
        return told(new Message("id", "name", Payload.json("1"), publisher, Audience.EVERYONE));
    }

    private static WireMessage told(Payload payload) {
        return told(new Message("id", "name", payload, null, Audience.EVERYONE));
    }

    private static WireMessage told(Message message) {
        return Publications.message(
                new Publication(new Channel("c"), new StreamPosition("e", 1), 2, message));
    }
}
