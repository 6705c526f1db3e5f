package dev.fanfare.core.channel;

import static dev.fanfare.core.channel.VariableType.POSITIVE_INTEGER;
import static dev.fanfare.core.channel.VariableType.SEGMENT;
import static dev.fanfare.core.channel.VariableType.SLUG;
import static dev.fanfare.core.channel.VariableType.USER_ID;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariableTypeTest {
    @ParameterizedTest
    @ValueSource(strings = {"1", "42", "9223372036854775807", "1000000000000000000"})
    void positiveIntegersAreFromOneToTheLargestLong(String value) {
        assertThat(POSITIVE_INTEGER.accepts(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "01",
                "-1",
                "+1",
                "abc",
                "1a",
                " 1",
                "1 ",
                "1.0",
                "١",
                "１",
                "9223372036854775808",
                "99999999999999999999999"
            })
    void otherTextsAreNoPositiveIntegers(String value) {
        assertThat(POSITIVE_INTEGER.accepts(value)).isFalse();
    }

    @Test
    void uuidsAreCanonical() {
        assertThat(VariableType.UUID.accepts("0190a6c4-7c1e-7c4b-8d6e-0123456789ab")).isTrue();
        assertThat(VariableType.UUID.accepts("0190A6C4-7C1E-7C4B-8D6E-0123456789AB")).isFalse();
        assertThat(VariableType.UUID.accepts("0190a6c47c1e7c4b8d6e0123456789ab")).isFalse();
        assertThat(VariableType.UUID.accepts("0190a6c4-7c1e-7c4b-8d6e-0123456789a")).isFalse();
        assertThat(VariableType.UUID.accepts("0190a6c4-7c1e-7c4b-8d6e_0123456789ab")).isFalse();
        assertThat(VariableType.UUID.accepts("0190a6c4-7c1e-7c4b-8d6e-0123456789ag")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "7", "hello-world", "a-1-b"})
    void slugsAreWordsJoinedByHyphens(String value) {
        assertThat(SLUG.accepts(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "-a", "a-", "a--b", "A", "a_b", "ä", "a:b"})
    void otherTextsAreNoSlugs(String value) {
        assertThat(SLUG.accepts(value)).isFalse();
    }

    @Test
    void segmentsHoldNoColonAndNoStar() {
        assertThat(SEGMENT.accepts("Any text, really: no")).isFalse();
        assertThat(SEGMENT.accepts("*")).isFalse();
        assertThat(SEGMENT.accepts("")).isFalse();
        assertThat(SEGMENT.accepts("Any text, really")).isTrue();
    }

    @Test
    void userIdsAreAnyText() {
        assertThat(USER_ID.accepts("auth0|a:b*c")).isTrue();
        assertThat(USER_ID.accepts("")).isFalse();
    }

    @Test
    void catalogueNamesAllTypesButTheRest() {
        assertThat(VariableType.namedTypes().map(VariableType::word))
                .containsExactly("positive-integer", "uuid", "slug", "segment", "name", "user-id");
        assertThat(VariableType.named("slug")).contains(SLUG);
        assertThat(VariableType.named("")).isEmpty();
        assertThat(VariableType.named("integer")).isEmpty();
    }
}
