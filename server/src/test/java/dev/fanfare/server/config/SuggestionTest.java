package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> WORDS = List.of("port", "host", "limits.frame-size");

    @Test
    void findsTheNearestWord() {
        assertThat(Suggestion.nearest("prot", WORDS)).contains("port");
        assertThat(Suggestion.nearest("hots", WORDS)).contains("host");
        assertThat(Suggestion.nearest("limits.framesize", WORDS)).contains("limits.frame-size");
    }

    @Test
    void findsAWordByItsEnd() {
        assertThat(Suggestion.nearest("frame-size", WORDS)).contains("limits.frame-size");
    }

    @Test
    void findsNothingWhereNothingIsNear() {
        assertThat(Suggestion.nearest("database", WORDS)).isEmpty();
    }

    @Test
    void countsTheEditsBetweenTwoWords() {
        assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
        assertThat(Suggestion.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Suggestion.distance("same", "same")).isZero();
    }
}
