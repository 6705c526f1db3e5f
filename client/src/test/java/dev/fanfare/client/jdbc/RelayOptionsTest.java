package dev.fanfare.client.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RelayOptionsTest {
    private static final RelayOptions OPTIONS = RelayOptions.DEFAULT;

    @Test
    void pausesGrowToTheLongest() {
        assertThat(OPTIONS.pause(1, 1)).hasMillis(100);
        assertThat(OPTIONS.pause(1, 0)).hasMillis(50);
        assertThat(OPTIONS.pause(2, 1)).hasMillis(200);
        assertThat(OPTIONS.pause(8, 1)).hasSeconds(10);
        assertThat(OPTIONS.pause(1_000_000, 0)).hasSeconds(5);
    }

    @Test
    void refusesWhatCannotBe() {
        var second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.withPauses(second, second.dividedBy(2)))
                .withMessage("longestPause: PT0.5S (expected: at least firstPause, PT1S)");
        assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withPoll(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> OPTIONS.withLease(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OPTIONS.withBatch(10_001))
                .withMessage("batch: 10001 (expected: 1 to 10000)");
    }
}
