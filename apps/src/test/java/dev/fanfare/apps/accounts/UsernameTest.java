package dev.fanfare.apps.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsernameTest {
    @ParameterizedTest
    @ValueSource(strings = {"bob", "0xF", "Alice.B-c_d", "a2345678901234567890123456789012"})
    void takesLettersDigitsAndThreeSigns(String text) {
        assertThat(Username.of(text))
                .hasValueSatisfying(name -> assertThat(name.text()).isEqualTo(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "a23456789012345678901234567890123",
                "_alice",
                ".alice",
                "al ice",
                "alice\n",
                "älice",
                "аlice", // the first letter is Cyrillic
                "alice@example.com"
            })
    void takesNothingElse(String text) {
        assertThat(Username.of(text)).isEmpty();
        assertThatThrownBy(() -> new Username(text)).hasMessageContaining(Username.RULE);
    }

    @Test
    void isTheSameInCapitals() {
        assertThat(new Username("ALICE").key()).isEqualTo(new Username("alice").key());
    }
}
