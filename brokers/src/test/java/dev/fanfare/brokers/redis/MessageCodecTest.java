package dev.fanfare.brokers.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.core.model.Attributes;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import java.util.Arrays;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MessageCodecTest {
    private static final Message FULL =
            new Message(
                    "id",
                    "event",
                    Payload.json("{\"n\":1}").with(new Attributes(true, "json/x", "{\"ref\":1}")),
                    new ClientInfo("c1", "ann", Payload.json("{}"), Payload.json("[]")),
                    new Audience.ExceptUser("bob"),
                    Map.of("a", "1", "b", "2"),
                    true);

    @Property
    void readsWhatItHasWritten(@ForAll("messages") Message message) {
        assertThat(MessageCodec.decode(MessageCodec.encode(message), 0)).isEqualTo(message);
    }

    @Property
    void readsFromTheMiddle(@ForAll("messages") Message message, @ForAll byte[] before) {
        var bytes = new ByteWriter(0).raw(before).raw(MessageCodec.encode(message)).toBytes();
        assertThat(MessageCodec.decode(bytes, before.length)).isEqualTo(message);
    }

    /** Whatever comes is a message, or refused with its reason; nothing else. */
    @Property
    void refusesWhatItCannotRead(@ForAll byte[] bytes) {
        if (bytes.length > 0) {
            bytes[0] = (byte) (1 + (bytes[0] & 1));
        }
        try {
            var message = MessageCodec.decode(bytes, 0);
            assertThat(MessageCodec.decode(MessageCodec.encode(message), 0)).isEqualTo(message);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).contains(" at byte ");
        }
    }

    @Example
    void refusesAMessageThatIsCutOff() {
        var bytes = MessageCodec.encode(FULL);
        for (int length = 0; length < bytes.length - FULL.payload().size(); length++) {
            var part = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> MessageCodec.decode(part, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ends too early");
        }
    }

    @Example
    void refusesAVersionItDoesNotKnow() {
        assertThatThrownBy(() -> MessageCodec.decode(new byte[] {9, 0}, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("message: version 9 (expected: 1 or 2) at byte 1 of 2");
    }

    @Example
    void refusesAFormatItDoesNotKnow() {
        assertThatThrownBy(() -> MessageCodec.decode(new byte[] {1, 3, 0}, 0))
                .hasMessageContaining("payload format 3 (expected: 0 to 2)");
    }

    @Example
    void addsLittleToAPayload() {
        var small = new Message("m1", null, Payload.json("1"), null, Audience.EVERYONE);
        assertThat(MessageCodec.encode(small)).hasSize(6);
    }

    @Provide
    Arbitrary<Message> messages() {
        return Combinators.combine(
                        texts(),
                        texts().injectNull(0.5),
                        payloads(),
                        clients().injectNull(0.5),
                        audiences(),
                        Arbitraries.maps(texts(), texts()).ofMaxSize(3),
                        Arbitraries.of(true, false))
                .as(Message::new);
    }

    private static Arbitrary<Audience> audiences() {
        return Arbitraries.oneOf(
                Arbitraries.just(Audience.EVERYONE), texts().map(Audience.ExceptUser::new));
    }

    private static Arbitrary<ClientInfo> clients() {
        return Combinators.combine(texts(), texts(), payloads(), payloads()).as(ClientInfo::new);
    }

    private static Arbitrary<Payload> payloads() {
        var bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        return Combinators.combine(bytes, Arbitraries.of(Payload.Format.class)).as(Payload::of);
    }

    /** Of one to three bytes a character; some longer than a length of one byte can say. */
    private static Arbitrary<String> texts() {
        return Arbitraries.strings().withCharRange(' ', '\ud7ff').ofMaxLength(150);
    }
}
