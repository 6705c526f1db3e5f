package dev.fanfare.core.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.channel.ChannelRules.Content.Format;
import dev.fanfare.core.model.Attributes;
import dev.fanfare.core.model.ErrorCode;
import dev.fanfare.core.model.Payload;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PayloadFormatTest {
    @Test
    void nothingIsOnlyAnything() {
        assertThat(takers(Payload.NONE)).containsExactly(Format.ANYTHING);
    }

    @Test
    void nothingBesideAnEventIsSomething() {
        var beside = Payload.NONE.with(new Attributes(true, "", ""));

        assertThat(takers(beside)).containsExactly(Format.SOMETHING, Format.ANYTHING);
    }

    @Test
    void bytesAreSomething() {
        var bytes = Payload.of(new byte[] {1}, Payload.Format.BINARY);

        assertThat(takers(bytes)).containsExactly(Format.SOMETHING, Format.ANYTHING);
    }

    @Test
    void jsonIsAnObjectOrNot() {
        assertThat(takers(Payload.json("[{}]"))).doesNotContain(Format.JSON_OBJECT).hasSize(3);
        assertThat(takers(Payload.json("null"))).doesNotContain(Format.JSON_OBJECT).hasSize(3);
        assertThat(takers(Payload.json("{}"))).hasSize(4);
        assertThat(takers(Payload.json("\n {\"a\":1}"))).hasSize(4);
    }

    @Test
    void nobodyPublishesWhatHasNoFormat() {
        assertThat(takers(Payload.json("{}"))).doesNotContain(Format.NONE);
        assertThat(takers(Payload.NONE)).doesNotContain(Format.NONE);
        assertThat(Format.NONE.check(Payload.json("7")).message())
                .isEqualTo("payload: 7 (expected: no publications on this channel)");
    }

    @Test
    void aRefusalSaysWhatWasExpected() {
        var refusal = Format.JSON_OBJECT.check(Payload.json("7"));

        assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal.message()).isEqualTo("payload: 7 (expected: a JSON object)");
    }

    private static Set<Format> takers(Payload payload) {
        var takers = EnumSet.allOf(Format.class);
        takers.removeIf(format -> format.check(payload) != null);
        return takers;
    }
}
