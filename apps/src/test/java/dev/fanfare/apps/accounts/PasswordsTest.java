package dev.fanfare.apps.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.apps.web.Refused;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordsTest {
    private static final int COST = 4;

    private final Passwords passwords = new Passwords(COST, 100);

    @AfterEach
    void close() {
        passwords.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse", "pässwörd€🎉", "nul\0inside", "        "})
    void knowsAPasswordAgain(String password) {
        var hash = passwords.hash(password);
        assertThat(hash).startsWith("$2a$04$").doesNotContain(password);
        assertThat(passwords.matches(password, hash)).isTrue();
        assertThat(passwords.matches(password + "x", hash)).isFalse();
    }

    @Test
    void hashesTheSamePasswordDifferentlyEachTime() {
        assertThat(passwords.hash("correct horse")).isNotEqualTo(passwords.hash("correct horse"));
    }

    @Test
    void readsLongPasswordsToTheirEnd() {
        var longest = "🎉".repeat(Passwords.LONGEST - 1);
        var hash = passwords.hash(longest + "a");
        assertThat(passwords.matches(longest + "a", hash)).isTrue();
        assertThat(passwords.matches(longest + "b", hash)).isFalse();
    }

    @Test
    void pretendsWithAHashOfTheSameCost() {
        passwords.pretend("correct horse");
    }

    @Test
    void refusesWhereTooManyWait() {
        try (var few = new Passwords(10, 1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var hashes =
                    IntStream.range(0, 50)
                            .mapToObj(i -> threads.submit(() -> few.hash("correct horse")))
                            .toList();
            assertThatThrownBy(
                            () -> {
                                for (var hash : hashes) {
                                    hash.get();
                                }
                            })
                    .hasCauseInstanceOf(Refused.class)
                    .hasMessageContaining("too many at once (expected: at most 1 that wait)");
        }
    }
}
