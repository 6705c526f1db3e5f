package dev.fanfare.apps.stories;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmojiTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "❤️", // with the selector of its coloured form
                "❤", // as keyboards without the selector send it
                "😂",
                "👍🏽",
                "👩‍👩‍👧‍👦",
                "🏳️‍🌈",
                "👩🏽‍❤️‍💋‍👨🏿",
                "🇩🇪",
                "1️⃣",
                "#⃣",
                "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
                "©️",
                "❤️‍🔥"
            })
    void takesOneEmoji(String text) {
        assertThat(Emoji.isOne(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a",
                "1",
                "#",
                "+1",
                ":heart:",
                "1\uFE0F",
                "❤️❤️",
                "😂 ",
                "\uFE0F",
                "\u200D",
                "😂\u200D",
                "🇩",
                "🇩🇪🇫",
                "é",
                "❤\u0301\u0301",
                "漢",
                "<b>"
            })
    void refusesEverythingElse(String text) {
        assertThat(Emoji.isOne(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 200_000})
    void refusesAChainWithoutEnd(int links) {
        assertThat(Emoji.isOne("😂" + "\u200D😂".repeat(links))).isFalse();
    }
}
