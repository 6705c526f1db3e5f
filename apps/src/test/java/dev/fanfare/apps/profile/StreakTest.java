package dev.fanfare.apps.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreakTest {
    private static final LocalDate TODAY = LocalDate.of(2025, 3, 1);
    private static final Streak NONE = new Streak(0, null);

    @Test
    void daysInARowCount() {
        var streak = NONE;
        for (int day = 1; day <= 10; day++) {
            var date = TODAY.plusDays(day);
            assertThat(streak.isClaimed(date)).isFalse();
            streak = streak.claimed(date);
            assertThat(streak.daysOn(date)).isEqualTo(day);
            assertThat(streak.isClaimed(date)).isTrue();
        }
    }

    @Test
    void aMissedDayLosesThem() {
        var streak = new Streak(6, TODAY.minusDays(2));
        assertThat(streak.daysOn(TODAY)).isZero();
        assertThat(streak.claimed(TODAY)).isEqualTo(new Streak(1, TODAY));
    }

    @Test
    void yesterdaysClaimStillCountsToday() {
        var streak = new Streak(6, TODAY.minusDays(1));
        assertThat(streak.daysOn(TODAY)).isEqualTo(6);
        assertThat(streak.claimed(TODAY)).isEqualTo(new Streak(7, TODAY));
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "6, 100", "7, 1000", "8, 100", "13, 100", "14, 1000", "700, 1000"})
    void eachSeventhDayIsWorthMore(int days, long cents) {
        assertThat(new Streak(days, TODAY).reward()).isEqualTo(cents);
    }

    @Test
    void theNextClaimIsPossibleFromMidnightOn() {
        assertThat(new Streak(1, TODAY).nextClaim(TODAY)).isEqualTo("2025-03-02T00:00:00Z");
        assertThat(NONE.nextClaim(TODAY)).isEqualTo("2025-03-01T00:00:00Z");
    }

    /** Nobody can claim twice because a clock was put back. */
    @Test
    void aDayThatComesAgainIsClaimed() {
        var streak = new Streak(3, TODAY);
        assertThat(streak.isClaimed(TODAY.minusDays(1))).isTrue();
        assertThat(streak.nextClaim(TODAY.minusDays(1))).isEqualTo("2025-03-02T00:00:00Z");
    }

    @Test
    void daysAreThoseOfUtc() {
        assertThat(Streak.day(Instant.parse("2025-02-28T23:59:59.999Z"))).isEqualTo("2025-02-28");
        assertThat(Streak.day(Instant.parse("2025-03-01T00:00:00Z"))).isEqualTo("2025-03-01");
    }
}
