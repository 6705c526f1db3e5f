package dev.fanfare.protocols.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.Refusal;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Output;
import dev.fanfare.core.protocol.Push;
import dev.fanfare.core.protocol.Recovery;
import dev.fanfare.core.protocol.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the server says, in each form; and conversations, each a request and what is answered to it.
 */
class JsonCodecTest {
    private static final Channel POST = new Channel("post:1");
    private static final StreamPosition THIRD = new StreamPosition("e1", 3);

    @Test
    void aloneAPayloadIsTheVeryBytesThatWerePublished() {
        var publication = publication(THIRD, Payload.json("{ \"type\" :\r\n\"gift.received\"}"));

        assertThat(said(JsonCodec.PLAIN, new Push.Published(publication)))
                .containsExactly("{ \"type\" :\r\n\"gift.received\"}");
    }

    @Test
    void anEnvelopeTellsChannelIdPositionTimeAndPayload() {
        var publication = publication(THIRD, Payload.json("{ \"a\": 1}"));

        assertThat(said(JsonCodec.ENVELOPE, new Push.Published(publication)))
                .containsExactly(
                        """
                        {"channel":"post:1","id":"m1","epoch":"e1","offset":3,"time":1700000000123,"payload":{ "a": 1}}\
                        """);
    }

    @Test
    void anEnvelopeHasNoPositionWhereThereIsNoHistory() {
        var publication = publication(StreamPosition.NONE, Payload.json("1"));

        assertThat(said(JsonCodec.ENVELOPE, new Push.Published(publication)))
                .containsExactly(
                        """
                        {"channel":"post:1","id":"m1","time":1700000000123,"payload":1}\
                        """);
    }

    @Test
    void onLinesAPayloadWithLineBreaksLosesItsWhiteSpaceAndNothingElse() {
        var publication =
                publication(THIRD, Payload.json("{\r\n \"a b\" : [1,\t\"\\\" \\\\\" ,\n2]\n}"));

        assertThat(said(JsonCodec.PLAIN_LINES, new Push.Published(publication)))
                .containsExactly("{\"a b\":[1,\"\\\" \\\\\",2]}");
        assertThat(said(JsonCodec.ENVELOPE_LINES, new Push.Published(publication)))
                .singleElement()
                .asString()
                .endsWith("\"payload\":{\"a b\":[1,\"\\\" \\\\\",2]}}")
                .doesNotContain("\n", "\r");
    }

    @Test
    void onLinesAPayloadWithoutLineBreaksStaysAsItIs() {
        var publication = publication(THIRD, Payload.json("{ \"a\" : 1 }"));

        assertThat(said(JsonCodec.PLAIN_LINES, new Push.Published(publication)))
                .containsExactly("{ \"a\" : 1 }");
    }

    @Test
    void textIsItselfAloneAndAJsonStringInsideJson() {
        var push = new Push.Published(publication(THIRD, text("say \"hé\"\n\u0001\\")));

        assertThat(said(JsonCodec.PLAIN, push)).containsExactly("say \"hé\"\n\u0001\\");
        assertThat(said(JsonCodec.PLAIN_LINES, push))
                .containsExactly("\"say \\\"hé\\\"\\n\\u0001\\\\\"");
        assertThat(said(JsonCodec.ENVELOPE, push))
                .singleElement()
                .asString()
                .endsWith("\"payload\":\"say \\\"hé\\\"\\n\\u0001\\\\\"}");
    }

    @Test
    void bytesAreBase64() {
        var push =
                new Push.Published(
                        publication(
                                THIRD,
                                Payload.of(new byte[] {0, (byte) 0xFF, 7}, Payload.Format.BINARY)));

        assertThat(said(JsonCodec.PLAIN, push)).containsExactly("AP8H");
        assertThat(said(JsonCodec.PLAIN_LINES, push)).containsExactly("\"AP8H\"");
        assertThat(said(JsonCodec.ENVELOPE, push))
                .singleElement()
                .asString()
                .endsWith("\"payload\":\"AP8H\"}");
    }

    @ParameterizedTest
    @EnumSource
    void aPingIsPonged(JsonCodec codec) {
        assertThat(conversation(codec, "{\"type\":\"ping\"}", new Reply.Pong()))
                .containsExactly("{\"type\":\"pong\"}");
    }

    @Test
    void anAnswerRepeatsTheIdAsItWasWritten() {
        assertThat(
                        conversation(
                                JsonCodec.PLAIN,
                                "{\"id\":-1.50e+3 ,\"type\":\"ping\"}",
                                new Reply.Pong()))
                .containsExactly("{\"type\":\"pong\",\"id\":-1.50e+3}");
        assertThat(
                        conversation(
                                JsonCodec.PLAIN,
                                "{\"type\":\"ping\",\"id\":\"\\u0061\\n ü\"}",
                                new Reply.Pong()))
                .containsExactly("{\"type\":\"pong\",\"id\":\"\\u0061\\n ü\"}");
    }

    @Test
    void aSubscriptionWithoutHistoryIsJustConfirmed() {
        var reply = subscribed(StreamPosition.NONE, Recovery.NOT_ASKED, List.of());

        assertThat(
                        conversation(
                                JsonCodec.PLAIN,
                                "{\"type\":\"subscribe\",\"channel\":\"post:1\",\"id\":1}",
                                reply))
                .containsExactly("{\"type\":\"subscribed\",\"id\":1,\"channel\":\"post:1\"}");
    }

    @Test
    void aRecoveredSubscriptionIsFollowedByWhatWasMissed() {
        var missed =
                List.of(
                        publication(new StreamPosition("e1", 2), Payload.json("2")),
                        publication(THIRD, Payload.json("3")));
        var request =
                "{\"type\":\"subscribe\",\"channel\":\"post:1\",\"since\":{\"epoch\":\"e1\",\"offset\":1}}";

        assertThat(
                        conversation(
                                JsonCodec.ENVELOPE,
                                request,
                                subscribed(THIRD, Recovery.RECOVERED, missed)))
                .containsExactly(
                        """
                        {"type":"subscribed","channel":"post:1","recovered":true,"epoch":"e1","offset":3}\
                        """,
                        """
                        {"channel":"post:1","id":"m1","epoch":"e1","offset":2,"time":1700000000123,"payload":2}\
                        """,
                        """
                        {"channel":"post:1","id":"m1","epoch":"e1","offset":3,"time":1700000000123,"payload":3}\
                        """);
    }

    @Test
    void aLostSubscriptionSaysThatItIsNotRecovered() {
        var request =
                "{\"type\":\"subscribe\",\"channel\":\"post:1\",\"since\":{\"epoch\":\"e0\",\"offset\":1}}";

        assertThat(
                        conversation(
                                JsonCodec.ENVELOPE,
                                request,
                                subscribed(THIRD, Recovery.LOST, List.of())))
                .containsExactly(
                        """
                        {"type":"subscribed","channel":"post:1","recovered":false,"epoch":"e1","offset":3}\
                        """);
    }

    @Test
    void anUnsubscribeIsConfirmed() {
        assertThat(
                        conversation(
                                JsonCodec.PLAIN,
                                "{\"type\":\"unsubscribe\",\"channel\":\"post:1\",\"id\":\"u\"}",
                                new Reply.Unsubscribed("post:1")))
                .containsExactly("{\"type\":\"unsubscribed\",\"id\":\"u\",\"channel\":\"post:1\"}");
    }

    @Test
    void aPublishIsAnsweredWithTheMessagesIdBesideTheRequests() {
        var request = "{\"type\":\"publish\",\"channel\":\"post:1\",\"payload\":{},\"id\":5}";

        assertThat(conversation(JsonCodec.PLAIN, request, new Reply.Published(POST, "m9", THIRD)))
                .containsExactly(
                        """
                        {"type":"published","id":5,"channel":"post:1","message_id":"m9","epoch":"e1","offset":3}\
                        """);
        assertThat(
                        conversation(
                                JsonCodec.PLAIN,
                                request,
                                new Reply.Published(POST, "m9", StreamPosition.NONE)))
                .containsExactly(
                        """
                        {"type":"published","id":5,"channel":"post:1","message_id":"m9"}\
                        """);
    }

    @Test
    void aRefusalNamesFieldWhatCameAndWhatWasExpected() {
        var refusal =
                new Refusal(
                        ErrorCode.PERMISSION_DENIED,
                        "channel",
                        "post:1",
                        "for publish: \"nobody\"");

        assertThat(
                        conversation(
                                JsonCodec.PLAIN,
                                "{\"type\":\"publish\",\"channel\":\"post:1\",\"payload\":1,\"id\":2}",
                                new Reply.Failed(refusal)))
                .containsExactly(
                        """
                        {"type":"error","id":2,"code":"permission_denied",\
                        "message":"channel: post:1 (expected: for publish: \\"nobody\\")",\
                        "field":"channel","got":"post:1","expected":"for publish: \\"nobody\\""}\
                        """);
    }

    @Test
    void presenceAndHistoryHaveWordsToo() {
        var members = new Reply.Members(POST, Map.of("c1", new ClientInfo("c1", "u1")));
        var past =
                new Reply.Past(
                        POST, new History(List.of(publication(THIRD, Payload.json("1"))), THIRD));

        assertThat(said(JsonCodec.PLAIN, new Output.Answer("1", members)))
                .containsExactly(
                        """
                        {"type":"presence","id":1,"channel":"post:1","members":[{"client":"c1","user":"u1"}]}\
                        """);
        assertThat(said(JsonCodec.PLAIN, new Output.Answer(null, past)))
                .containsExactly(
                        """
                        {"type":"history","channel":"post:1","publications":[{"channel":"post:1","id":"m1",\
                        "epoch":"e1","offset":3,"time":1700000000123,"payload":1}],"epoch":"e1","offset":3}\
                        """);
    }

    @Test
    void gapsAndGoodbyesSayWhatHappenedAndPingsAreTheTransports() {
        assertThat(said(JsonCodec.PLAIN, new Push.Gap(POST, THIRD)))
                .containsExactly(
                        """
                        {"type":"gap","channel":"post:1","epoch":"e1","offset":3}\
                        """);
        assertThat(said(JsonCodec.PLAIN, new Push.Disconnected(Disconnect.EXPIRED)))
                .containsExactly(
                        """
                        {"type":"disconnect","code":3005,"reason":"connection expired","reconnect":true}\
                        """);
        assertThat(said(JsonCodec.PLAIN, new Push.Ping())).isEmpty();
    }

    /** The client says this, the server answers that: what the client reads. */
    private static List<String> conversation(JsonCodec codec, String request, Reply reply) {
        var tag = codec.decode(request.getBytes(UTF_8), false).getFirst().tag();
        return said(codec, new Output.Answer(tag, reply));
    }

    private static List<String> said(JsonCodec codec, Output output) {
        return codec.encode(output).stream().map(message -> new String(message, UTF_8)).toList();
    }

    private static Payload text(String text) {
        return Payload.of(text.getBytes(UTF_8), Payload.Format.TEXT);
    }

    private static Publication publication(StreamPosition position, Payload payload) {
        return new Publication(
                POST,
                position,
                1_700_000_000_123L,
                new Message("m1", null, payload, null, Audience.EVERYONE));
    }

    private static Reply subscribed(
            StreamPosition position, Recovery recovery, List<Publication> missed) {
        var terms = new Reply.Subscribed.Terms(position, false, false, false, 0, Payload.NONE);
        return new Reply.Subscribed(POST, position, recovery, missed, terms);
    }
}
