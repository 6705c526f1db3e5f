package dev.fanfare.protocols.ably;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.protocols.ably.ChannelName.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"news", "a:b:c", "a[b", "a]", "a,b", "ä ö", "*", "𝄞", "a:", "persisted:x"})
    void isItselfWithoutQualifier(String name) {
        assertThat(ChannelName.parse(name))
                .isEqualTo(new ChannelName(name, name, Kind.ORDINARY, Map.of(), null));
    }

    @Test
    void isReadBehindItsQualifier() {
        assertThat(ChannelName.parse("[?rewind=1&delta=vcdiff]a:b"))
                .isEqualTo(
                        new ChannelName(
                                "[?rewind=1&delta=vcdiff]a:b",
                                "a:b",
                                Kind.ORDINARY,
                                Map.of("rewind", "1", "delta", "vcdiff"),
                                null));
        assertThat(ChannelName.parse("[meta]log"))
                .isEqualTo(new ChannelName("[meta]log", "log", Kind.META, Map.of(), null));
        assertThat(ChannelName.parse("[filter=YQ==?rewind=2m]n"))
                .isEqualTo(
                        new ChannelName(
                                "[filter=YQ==?rewind=2m]n",
                                "n",
                                Kind.FILTERED,
                                Map.of("rewind", "2m"),
                                "YQ=="));
    }

    @Test
    void whatIsWrongWithItIsNeverLong() {
        assertThat(ChannelName.invalid(":".repeat(100_000)).message())
                .hasSizeLessThan(200)
                .startsWith("channel: a text of 100000 (");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " a",
                "\ta",
                ":",
                ":a",
                ",a",
                "a\nb",
                "a\r",
                "[",
                "[]",
                "[]a",
                "[a",
                "[a]b",
                "[meta]",
                "[meta]:a",
                "[?rewind=1]",
                "[?rewind=1] a",
                "[meta][meta]a",
                "\ud800"
            })
    void isNoneWhereNobodyCanHaveIt(String name) {
        assertThat(ChannelName.parse(name)).isNull();
        assertThat(ChannelName.invalid(name).code()).isEqualTo(40010);
        assertThat(ChannelName.invalid(name).status()).isEqualTo(400);
    }
}
