package dev.fanfare.core.channel;

import static dev.fanfare.core.channel.VariableType.POSITIVE_INTEGER;
import static dev.fanfare.core.channel.VariableType.SEGMENT;
import static dev.fanfare.core.channel.VariableType.USER_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelPatternTest {
    private static final ChannelPattern POST =
            ChannelPattern.parse("post:{post_id}", Map.of("post_id", POSITIVE_INTEGER));

    @ParameterizedTest
    @ValueSource(strings = {"1", "9223372036854775807"})
    void bindsVariables(String id) {
        assertThat(POST.match("post:" + id)).containsExactly(Map.entry("post_id", id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "post:0",
                "post:01",
                "post:-1",
                "post:+1",
                "post:abc",
                "post:",
                "post",
                "post:99999999999999999999999",
                "post:9223372036854775808",
                "post:1:2",
                "post:1:",
                ":post:1",
                "Post:1",
                "posts:1",
                "pos:1",
                "post::1",
                ""
            })
    void refusesEveryOtherName(String name) {
        assertThat(POST.match(name)).isNull();
    }

    @Test
    void matchesTextAlone() {
        var pattern = ChannelPattern.parse("trpc:global", Map.of());
        assertThat(pattern.match("trpc:global")).isEmpty();
        assertThat(pattern.match("trpc:globals")).isNull();
        assertThat(pattern.match("trpc")).isNull();
    }

    @Test
    void matchesTextAfterAVariable() {
        var pattern =
                ChannelPattern.parse(
                        "beheard:session:{sessionId}:presence", Map.of("sessionId", SEGMENT));
        assertThat(pattern.match("beheard:session:s 1:presence")).containsEntry("sessionId", "s 1");
        assertThat(pattern.match("beheard:session:s1")).isNull();
        assertThat(pattern.match("beheard:session::presence")).isNull();
        assertThat(pattern.match("beheard:session:*:presence")).isNull();
    }

    @Test
    void givesTheRestToADottedVariable() {
        var pattern = ChannelPattern.parse("chat:{name...}", Map.of());
        assertThat(pattern.match("chat:a:b::*")).containsEntry("name", "a:b::*");
        assertThat(pattern.match("chat:")).containsEntry("name", "");
        assertThat(pattern.match("chat")).isNull();
    }

    @Test
    void givesTheRestToALastUserId() {
        var pattern = ChannelPattern.parse("stories:{user}", Map.of("user", USER_ID));
        assertThat(pattern.match("stories:a:b*")).containsEntry("user", "a:b*");
    }

    @ParameterizedTest
    @CsvSource({
        "hub:u:inbox,u",
        "hub:a:b:inbox,a:b",
        "hub:inbox:inbox,inbox",
        "hub:a:inbox:inbox,a:inbox"
    })
    void stretchesAnEarlierUserIdAsFarAsNeeded(String name, String user) {
        var pattern = ChannelPattern.parse("hub:{user}:inbox", Map.of("user", USER_ID));
        assertThat(pattern.match(name)).containsExactly(Map.entry("user", user));
        assertThat(pattern.match("hub::inbox")).isNull();
        assertThat(pattern.match("hub:inbox")).isNull();
    }

    @Test
    void stretchesAnEarlierUserIdNoFurtherThanNeeded() {
        var pattern =
                ChannelPattern.parse("dm:{from}:{to}", Map.of("from", USER_ID, "to", USER_ID));
        assertThat(pattern.match("dm:a:b:c")).isEqualTo(Map.of("from", "a", "to", "b:c"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                | text before and after each colon",
                "post:             | text before and after each colon",
                "post-{a}          | text or one {variable} between colons and no *, unlike"
                        + " post-{a}",
                "post:*            | text or one {variable} between colons and no *, unlike *",
                "post:{}           | letters, digits and _ in {}",
                "post:{a-b}        | letters, digits and _ in {a-b}",
                "post:{b}          | a type for {b}",
                "post              | {a} in it, or no type for it",
                "post:{a}:{a}      | {a} once",
                "post:{a...}       | no type for {a...}, which takes any text",
                "post:{a}:{r...}:x | {r...} at the end: it takes the rest",
            })
    void refusesWrongPatterns(String text, String expected) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChannelPattern.parse(text, Map.of("a", POSITIVE_INTEGER)))
                .withMessage("pattern: %s (expected: %s)", text, expected);
    }

    @Test
    void refusesTwoUserIdsBeforeTheEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ChannelPattern.parse("{a}:{b}:x", Map.of("a", USER_ID, "b", USER_ID)))
                .withMessage("pattern: {a}:{b}:x (expected: at most one user-id before the end)");
    }
}
