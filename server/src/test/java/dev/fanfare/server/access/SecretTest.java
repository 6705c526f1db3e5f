package dev.fanfare.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretTest {
    private static final Secret SECRET = new Secret("dev-publish-token");

    @Test
    void matchesItselfAndNothingElse() {
        assertThat(SECRET.matches("dev-publish-token")).isTrue();
        assertThat(SECRET.matches("dev-publish-toke")).isFalse();
        assertThat(SECRET.matches("dev-publish-token ")).isFalse();
        assertThat(SECRET.matches("")).isFalse();
    }

    @Test
    void neverShowsItself() {
        assertThat(SECRET.toString()).isEqualTo("(hidden)");
    }

    @Test
    void isNeverEmpty() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Secret(""))
                .withMessageContaining("expected");
    }

    @Test
    void makesNoTokenWhoseOwnClaimsAreReplaced() {
        var maker = new TokenMaker(SECRET, new ManualClock());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> maker.make("42", Duration.ofHours(1), Map.of("sub", "43")))
                .withMessageContaining("sub");
    }
}
