package dev.fanfare.ably.realtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CongestionTest {
    private static final long LIMIT = 1_000;

    private final Congestion congestion = new Congestion(LIMIT);
    private long now = 1_000_000;

    @Test
    void isPatientWithMuchAtOnceAsLongAsSomethingIsTaken() {
        for (long left = 100 * LIMIT; left > LIMIT; left -= 100) {
            assertThat(after(Congestion.PATIENCE - 1, left)).isFalse();
        }
    }

    @Test
    void sometimesTakesButIsGivenMoreMeanwhile() {
        after(0, 3 * LIMIT);
        for (int turn = 0; turn < 10; turn++) {
            congestion.see(3 * LIMIT - 1);
            assertThat(after(Congestion.PATIENCE, 3 * LIMIT)).isFalse();
        }
    }

    @Test
    void isTooMuchWhereNothingIsTaken() {
        assertThat(after(0, 2 * LIMIT)).isFalse();
        assertThat(after(Congestion.PATIENCE - 1, 2 * LIMIT)).isFalse();
        assertThat(after(1, 2 * LIMIT)).isTrue();
    }

    @Test
    void isTooMuchWhereMoreAndMoreWaits() {
        long most = 2 * LIMIT + Congestion.MOST_ON_TOP * LIMIT;
        assertThat(after(0, 2 * LIMIT)).isFalse();
        assertThat(after(0, most)).isFalse();
        assertThat(after(0, most + 1)).isTrue();
    }

    @Test
    void beginsAgainWhereTheLimitWasKeptMeanwhile() {
        after(0, 2 * LIMIT);
        assertThat(after(Congestion.PATIENCE, LIMIT)).isFalse();
        assertThat(after(Congestion.PATIENCE, 50 * LIMIT)).isFalse();
        assertThat(after(Congestion.PATIENCE - 1, 50 * LIMIT)).isFalse();
    }

    private boolean after(long millis, long waiting) {
        now += millis;
        congestion.see(waiting);
        return congestion.isOver() && congestion.isTooMuch(now);
    }
}
