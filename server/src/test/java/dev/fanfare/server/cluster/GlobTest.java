package dev.fanfare.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "* | news:a",
                "*: | news:",
                "news:* | news:",
                "news:* | news:a:b",
                "*a* | banana",
                "**** | a",
                "n?ws | news",
                "new[sz] | news",
                "[a-c][!a-c] | bd",
                "[a-] | -",
                "[\\]] | ]",
                "{news,sport}:* | sport:1",
                "{a,b{c,d*}}e | bdxe",
                "{,a}b | b",
                "\\*\\{ | *{",
                "news | news",
                "a,b} | a,b}"
            })
    void takes(String pattern, String name) {
        assertThat(Glob.of(pattern).matches(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "news | news:a",
                "ews | news",
                "news:?* | news:",
                "n?ws | nws",
                "new[!sz] | news",
                "[a-c] | d",
                "{news,sport}:* | gossip:1",
                "{a,b{c,d*}}e | be",
                "\\* | a",
                "*a*b | ba"
            })
    void passesOver(String pattern, String name) {
        assertThat(Glob.of(pattern).matches(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "news", "a*b", "[a]{b,c}?", "back\\slash", "{"})
    void takesWhatBeginsWithAText(String text) {
        assertThat(Glob.beginningWith(text).matches(text)).isTrue();
        assertThat(Glob.beginningWith(text).matches(text + ":more")).isTrue();
        assertThat(Glob.beginningWith("a*b").matches("axb")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "[a", "[!", "[a-", "{", "{a", "{a,", "\\", "[\\"})
    void refusesWhatIsNotComplete(String pattern) {
        assertThatIllegalArgumentException().isThrownBy(() -> Glob.of(pattern));
    }

    @Test
    void refusesBracesThatGoTooDeep() {
        var deepest = "{".repeat(10) + "a" + "}".repeat(10);
        assertThat(Glob.of(deepest).matches("a")).isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Glob.of("{" + deepest + "}"))
                .withMessage("at most 10 braces in each other");
    }

    @Test
    void takesNoTimeOverPatternsMadeToTakeLong() {
        var pattern = "*a".repeat(100) + "b";
        assertThat(Glob.of(pattern).matches("a".repeat(255))).isFalse();
    }
}
