package dev.fanfare.brokers.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class NoteCodecTest {
    private static final Channel NEWS = new Channel("news");
    private static final Message MESSAGE =
            new Message("id", "event", Payload.json("{}"), null, Audience.EVERYONE);

    @Property
    void carriesAMessageWithoutAPosition(@ForAll @LongRange(min = 0) long time) {
        var note = NoteCodec.encode(MESSAGE, time);
        assertThat(NoteCodec.isPublication(note)).isTrue();
        assertThat(NoteCodec.publication(NEWS, note, ""))
                .isEqualTo(new Publication(NEWS, StreamPosition.NONE, time, MESSAGE));
    }

    @Property
    void readsWhatAScriptWrites(@ForAll @LongRange(min = 1, max = 1L << 60) long offset) {
        var publication = NoteCodec.publication(NEWS, placed(offset + " 1700000000 123456 e"), "");
        assertThat(publication)
                .isEqualTo(
                        new Publication(
                                NEWS,
                                new StreamPosition("e", offset),
                                1_700_000_000_123L,
                                MESSAGE));
    }

    @Example
    void takesTheLikelyEpochForItself() {
        var likely = new String("epoch");
        var note = placed("1 2 3 epoch");
        assertThat(NoteCodec.publication(NEWS, note, likely).position().epoch()).isSameAs(likely);
        assertThat(NoteCodec.publication(NEWS, note, "epoc").position().epoch()).isEqualTo("epoch");
        assertThat(NoteCodec.publication(NEWS, note, "other").position().epoch())
                .isEqualTo("epoch");
    }

    @Example
    void carriesMemberships() {
        var client = new ClientInfo("c", "u", Payload.json("{}"), Payload.NONE);
        for (var membership :
                new Membership[] {new Membership.Joined(client), new Membership.Left(client)}) {
            var note = NoteCodec.encode(membership);
            assertThat(NoteCodec.isPublication(note)).isFalse();
            assertThat(NoteCodec.membership(note)).isEqualTo(membership);
        }
    }

    @Example
    void refusesWhatIsCutOff() {
        var membership = NoteCodec.encode(new Membership.Left(new ClientInfo("c", "u")));
        for (int length = 0; length < membership.length; length++) {
            var part = Arrays.copyOf(membership, length);
            assertThatThrownBy(() -> NoteCodec.membership(part))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ends too early");
        }
        var publication = NoteCodec.encode(MESSAGE, 1);
        for (int length = 1; length < publication.length - MESSAGE.payload().size(); length++) {
            var part = Arrays.copyOf(publication, length);
            assertThatThrownBy(() -> NoteCodec.publication(NEWS, part, ""))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ends too early");
        }
    }

    @Example
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> NoteCodec.membership(new byte[] {'J', 2, 0, 0}))
                .hasMessageContaining("kind 74, version 2 (expected: 74, 76 or 85, version 1)");
        assertThatThrownBy(() -> NoteCodec.membership(new byte[] {'X', 1, 0, 0}))
                .hasMessageContaining("kind 88");
        assertThatThrownBy(() -> NoteCodec.publication(NEWS, placed("-1 2 3 e"), ""))
                .hasMessageContaining("no number at byte 1");
        assertThatThrownBy(
                        () -> NoteCodec.publication(NEWS, placed("99999999999999999999 2 3 e"), ""))
                .hasMessageContaining("no number");
    }

    /** Whatever comes is a note, or refused with its reason; nothing else. */
    @Property
    void refusesWhatItCannotRead(@ForAll byte[] bytes) {
        try {
            if (NoteCodec.isPublication(bytes)) {
                var _ = NoteCodec.publication(NEWS, bytes, "");
            } else {
                var _ = NoteCodec.membership(bytes);
            }
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).contains(" at byte ");
        }
    }

    private static byte[] placed(String words) {
        return new ByteWriter(0)
                .raw(("P" + words + " ").getBytes(ISO_8859_1))
                .raw(MessageCodec.encode(MESSAGE))
                .toBytes();
    }
}
