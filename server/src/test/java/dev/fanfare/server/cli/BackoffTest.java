package dev.fanfare.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff =
            new Backoff(Duration.ofMillis(100), Duration.ofMillis(1000), new Random(1));

    @Test
    void waitsLongerEachTimeUpToALimit() {
        for (long step : new long[] {100, 200, 400, 800, 1000, 1000}) {
            assertThat(backoff.next().toMillis()).isBetween(step / 2, step);
        }
    }

    @Test
    void beginsAnewAfterASuccess() {
        backoff.next();
        backoff.next();
        backoff.reset();

        assertThat(backoff.next().toMillis()).isBetween(50L, 100L);
    }
}
