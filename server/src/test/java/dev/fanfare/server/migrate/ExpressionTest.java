package dev.fanfare.server.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {
    @ParameterizedTest
    @CsvSource({
        "^[a-z]+$,             abc,   ABC",
        "^[[:alpha:]]+$,       aBc,   a1",
        "^[^[:alpha:]]+$,      12,    1a",
        "^[[:^digit:]_]+$,     a_,    1",
        "^[[:word:]-]+$,       a_-,   a b",
        "^[[a]+$,              [a,    b",
        "^[a&&b]+$,            a&b,   c",
        "^[]a]+$,              ],     b",
        "^[^]a]+$,             b,     ]",
        "^(?P<x>a)$,           a,     b",
        "^\\pL+$,              é,     1"
    })
    void meansTheSame(String go, String match, String other) {
        var java = Pattern.compile(Expression.java(go));

        assertThat(java.matcher(match).find()).isTrue();
        assertThat(java.matcher(other).find()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(?U)a", "\\C", "[", "(", "[[:nothing:]]"})
    void hasNoWordsForSome(String go) {
        assertThat(Expression.java(go)).isNull();
        assertThat(Expression.matchingWhole(go)).isNull();
    }

    @Test
    void findsWhereAllHasToMatch() {
        assertThat("in the middle of it").matches(Expression.matchingWhole("mid"));
        assertThat("in the middle of it").doesNotMatch(Expression.matchingWhole("^mid"));
        assertThat("it").matches(Expression.matchingWhole("^it$"));
    }

    @Test
    void nothingIsFoundInNoText() {
        assertThat(Pattern.compile(Expression.NOTHING).matcher("any\ntext").find()).isFalse();
        assertThat(Pattern.compile(Expression.NOTHING).matcher("").find()).isFalse();
    }
}
