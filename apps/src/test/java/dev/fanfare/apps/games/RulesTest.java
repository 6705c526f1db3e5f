package dev.fanfare.apps.games;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fanfare.apps.games.Gacha.Rarity;
import dev.fanfare.apps.games.RockPaperScissors.Hand;
import dev.fanfare.apps.games.RockPaperScissors.Outcome;
import dev.fanfare.apps.games.RockPaperScissors.Shown;
import dev.fanfare.apps.games.Slot.Stopped;
import dev.fanfare.apps.games.Slot.Symbol;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the games pay, and what comes back of all bets. */
class RulesTest {
    private static final long BET = 10_000;

    @ParameterizedTest
    @CsvSource({"CHERRY, 4", "LEMON, 7", "BELL, 20", "STAR, 100", "SEVEN, 700"})
    void threeOfAKindPayWhatTheSymbolSays(Symbol symbol, int times) {
        assertThat(new Stopped(Collections.nCopies(3, symbol)).payout(10)).isEqualTo(10L * times);
    }

    @ParameterizedTest
    @CsvSource({
        "CHERRY, CHERRY, SEVEN, 10",
        "CHERRY, LEMON, CHERRY, 10",
        "STAR, CHERRY, CHERRY, 10",
        "CHERRY, LEMON, BELL, 0",
        "LEMON, LEMON, BELL, 0",
        "SEVEN, SEVEN, CHERRY, 0"
    })
    void twoCherriesGiveTheBetBack(Symbol first, Symbol second, Symbol third, long payout) {
        assertThat(new Stopped(List.of(first, second, third)).payout(10)).isEqualTo(payout);
    }

    @Test
    void reelsStopAtSymbols() {
        assertThat(Slot.spin(new Numbers(0, 7, 19)).members())
                .isEqualTo(Map.of("reels", List.of("cherry", "lemon", "seven")));
    }

    @Test
    void theSlotKeepsItsShare() {
        var returned = EveryChance.expectation(random -> Slot.spin(random).payout(BET));
        assertThat(returned / BET).isCloseTo(7575.0 / 8000, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "ROCK, ROCK, DRAW, 10",
        "ROCK, PAPER, LOSS, 0",
        "ROCK, SCISSORS, WIN, 19",
        "PAPER, ROCK, WIN, 19",
        "PAPER, PAPER, DRAW, 10",
        "PAPER, SCISSORS, LOSS, 0",
        "SCISSORS, ROCK, LOSS, 0",
        "SCISSORS, PAPER, WIN, 19",
        "SCISSORS, SCISSORS, DRAW, 10"
    })
    void paperBeatsRockAndSoOn(Hand player, Hand house, Outcome outcome, long payout) {
        var shown = new Shown(player, house);
        assertThat(shown.outcome()).isEqualTo(outcome);
        assertThat(shown.payout(10)).isEqualTo(payout);
        assertThat(shown.members())
                .containsEntry("outcome", shown.outcome().name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource(Hand.class)
    void noHandIsBetterThanAnother(Hand hand) {
        var returned =
                EveryChance.expectation(random -> RockPaperScissors.show(hand, random).payout(BET));
        assertThat(returned / BET).isCloseTo(2.9 / 3, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "0, COMMON, 2",
        "699, COMMON, 2",
        "700, UNCOMMON, 10",
        "899, UNCOMMON, 10",
        "900, RARE, 30",
        "979, RARE, 30",
        "980, EPIC, 100",
        "997, EPIC, 100",
        "998, LEGENDARY, 750",
        "999, LEGENDARY, 750"
    })
    void raritiesPay(int number, Rarity rarity, long payout) {
        var pulled = Gacha.pull(1, new Numbers(number));
        assertThat(pulled.pulls()).containsExactly(rarity);
        assertThat(pulled.payout(10)).isEqualTo(payout);
    }

    @Test
    void pullsShareTheBet() {
        var pulled = Gacha.pull(4, new Numbers(0, 700, 700, 900));
        assertThat(pulled.members())
                .isEqualTo(Map.of("pulls", List.of("common", "uncommon", "uncommon", "rare")));
        assertThat(pulled.payout(100)).isEqualTo((25 + 100 + 100 + 300) / 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void pullsKeepTheirShareHoweverManyThereAre(int pulls) {
        var returned = EveryChance.expectation(random -> Gacha.pull(pulls, random).payout(BET));
        assertThat(returned / BET).isCloseTo(0.945, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "150, 150, 15",
        "150, 149, 0",
        "101, 100, 0",
        "101, 101, 10",
        "100000, 100000, 10000"
    })
    void whoCashesOutBeforeTheCrashWins(long cashOutAt, long crashedAt, long payout) {
        assertThat(new Crash.Flown(cashOutAt, crashedAt).payout(10)).isEqualTo(payout);
    }

    @Test
    void crashesFromOneOnToWhereFewGo() {
        assertThat(Crash.fly(200, new Numbers(999_999)).crashedAt()).isEqualTo(100);
        assertThat(Crash.fly(200, new Numbers(485_000 - 1)).crashedAt()).isEqualTo(200);
        assertThat(Crash.fly(200, new Numbers(485_000)).crashedAt()).isEqualTo(199);
        assertThat(Crash.fly(200, new Numbers(0)).crashedAt()).isEqualTo(97_000_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 150, 200, 333, 1_000, 9_999, 100_000})
    void noMultiplierIsBetterThanAnother(long cashOutAt) {
        var returned = EveryChance.expectation(random -> Crash.fly(cashOutAt, random).payout(BET));
        assertThat(returned / BET).isBetween(0.969, 0.97 + 1e-9);
    }

    @Test
    void theSameRandomnessGivesTheSameDraw() {
        for (int seed = 0; seed < 100; seed++) {
            assertThat(Slot.spin(new Random(seed))).isEqualTo(Slot.spin(new Random(seed)));
            assertThat(Gacha.pull(10, new Random(seed)))
                    .isEqualTo(Gacha.pull(10, new Random(seed)));
            assertThat(Crash.fly(200, new Random(seed)))
                    .isEqualTo(Crash.fly(200, new Random(seed)));
        }
    }

    /** Whatever comes up, the result has the members that documentation names. */
    @Test
    void resultsHaveTheirMembers() {
        var random = new Random(1);
        for (int i = 0; i < 1000; i++) {
            assertThat(Slot.spin(random).members()).containsOnlyKeys("reels");
            assertThat(RockPaperScissors.show(Hand.ROCK, random).members())
                    .containsOnlyKeys("choice", "house", "outcome");
            assertThat(Gacha.pull(10, random).members()).containsOnlyKeys("pulls");
            assertThat(Crash.fly(200, random).members())
                    .containsOnlyKeys("cash_out_at", "crashed_at", "cashed_out");
        }
    }
}
