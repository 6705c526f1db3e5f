package dev.fanfare.protocols.ably;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Attributes;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.protocols.ably.WirePresence.Action;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AblyEncoderTest {
    private static final Channel NEWS = new Channel("news");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochMilli(77));
    private static final AblyEncoder JSON = new AblyEncoder(Formats.JSON, CLOCK);

    @Test
    void aPublicationIsAMessageWithItsPlace() {
        var payload =
                Payload.of("hi".getBytes(UTF_8), Payload.Format.TEXT)
                        .with(new Attributes(true, "", "{\"a\":1}"));

        assertThat(said(new Push.Published(publication(7, payload))))
                .isEqualTo(
                        quoted(
                                "{'action':15,'channel':'news',"
                                        + "'channelSerial':'00000000000007-000@e','messages':["
                                        + "{'id':'m7','name':'greeting','data':'hi',"
                                        + "'clientId':'ann','connectionId':'c','timestamp':9,"
                                        + "'extras':{'a':1},"
                                        + "'serial':'00000000000007-000@e:000','action':0}]}"));
    }

    @Test
    void whatOtherProtocolsPublishIsJsonWithTheEventAsItsName() {
        var message =
                new Message(
                        "m", "tick", Payload.json("{\"type\":\"tick\"}"), null, Audience.EVERYONE);
        var publication = new Publication(NEWS, StreamPosition.NONE, 9, message);

        assertThat(said(new Push.Delta(publication, null)))
                .isEqualTo(
                        quoted(
                                "{'action':15,'channel':'news','messages':["
                                        + "{'id':'m','name':'tick',"
                                        + "'data':'{\\'type\\':\\'tick\\'}','encoding':'json',"
                                        + "'timestamp':9,'action':0}]}"));
    }

    @ParameterizedTest
    @EnumSource
    void aRunOfOneChannelIsOneProtocolMessage(Formats format) throws Unreadable {
        var encoder = new AblyEncoder(format, CLOCK);
        var pushes =
                List.of(
                        new Push.Published(publication(1, Payload.json("1"))),
                        new Push.Published(publication(2, Payload.json("2"))),
                        new Push.Ping(),
                        new Push.Published(publication(3, Payload.json("3"))));

        var documents = encoder.encode(pushes);
        assertThat(documents).hasSize(3);
        var first = Fields.of("", format.readTree(documents.getFirst()));
        assertThat(first.text("channelSerial")).isEqualTo("00000000000002-000@e");
        assertThat(first.list("messages"))
                .extracting(message -> Fields.of("", message).text("id"))
                .containsExactly("m1", "m2");
        assertThat(documents.get(1)).isEqualTo(format.write(new Outgoing.Heartbeat(null)));
        assertThat(documents.get(2)).isEqualTo(encoder.encode(pushes.get(3)).getFirst());
    }

    @Test
    void aRunEndsWhereItsLastKeptPublicationStands() throws Unreadable {
        var kept = publication(1, Payload.json("1"));
        var unkept = new Publication(NEWS, StreamPosition.NONE, 9, kept.message());

        var said = JSON.encode(List.of(new Push.Published(kept), new Push.Published(unkept)));
        assertThat(said).hasSize(1);
        assertThat(Fields.of("", Formats.JSON.readTree(said.getFirst())).text("channelSerial"))
                .isEqualTo(Serials.ofChannel(kept.position()));
    }

    @Test
    void aLargeRunIsSeveralProtocolMessages() {
        var large = Payload.of(new byte[30_000], Payload.Format.BINARY);
        var pushes = new ArrayList<Push.Published>();
        for (int offset = 1; offset <= 5; offset++) {
            pushes.add(new Push.Published(publication(offset, large)));
        }

        assertThat(new AblyEncoder(Formats.MSGPACK, CLOCK).encode(pushes))
                .hasSize(3)
                .allSatisfy(document -> assertThat(document).hasSizeLessThan(65_536));
    }

    @Test
    void aMessageGoesOutByteForByte() {
        var payload = Payload.of(new byte[] {1, 2}, Payload.Format.BINARY);

        assertThat(JSON.encode(new Push.Message(payload))).containsExactly(payload.bytes());
    }

    @Test
    void whoComesAndGoesIsToldAsItSaidIt() {
        var ann = new WirePresence(Action.ENTER, "c:0:0", "ann", "c", Data.text("hi"), 5, null);
        var info = MemberInfo.client(ann);

        assertThat(said(new Push.Member(NEWS, new Membership.Joined(info))))
                .isEqualTo(
                        quoted(
                                "{'action':14,'channel':'news','presence':[{'action':2,"
                                        + "'clientId':'ann','connectionId':'c','id':'c:0:0',"
                                        + "'data':'hi','timestamp':5}]}"));
        assertThat(said(new Push.Member(NEWS, new Membership.Updated(info))))
                .contains("\"action\":4,");
        assertThat(said(new Push.Member(NEWS, new Membership.Left(info))))
                .contains("\"action\":3,");
    }

    @Test
    void aMemberOfAnotherProtocolIsAsNewAsTheMoment() {
        assertThat(said(new Push.Member(NEWS, new Membership.Joined(new ClientInfo("c", "ann")))))
                .isEqualTo(
                        quoted(
                                "{'action':14,'channel':'news','presence':[{'action':2,"
                                        + "'clientId':'ann','connectionId':'c','id':'member:c',"
                                        + "'timestamp':77}]}"));
        assertThat(said(new Push.Member(NEWS, new Membership.Joined(new ClientInfo("c", "")))))
                .contains("\"clientId\":\"c\"");
    }

    private static Publication publication(long offset, Payload payload) {
        var message =
                new Message(
                        "m" + offset,
                        "greeting",
                        payload,
                        new ClientInfo("c", "ann"),
                        Audience.EVERYONE);
        return new Publication(NEWS, new StreamPosition("e", offset), 9, message);
    }

    private static String said(Push push) {
        var documents = JSON.encode(push);
        assertThat(documents).hasSize(1);
        return new String(documents.getFirst(), UTF_8);
    }

    private static String quoted(String json) {
        return json.replace('\'', '"');
    }
}
