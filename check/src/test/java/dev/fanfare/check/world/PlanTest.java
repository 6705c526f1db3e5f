package dev.fanfare.check.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.check.history.Fault.Kind;
import dev.fanfare.check.history.Fault.Reach;
import dev.fanfare.check.world.Plan.Step;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void followsFromTheSeedAlone() {
        assertThat(Plan.of(7, LONG, 3)).isEqualTo(Plan.of(7, LONG, 3));
        assertThat(Plan.of(7, LONG, 3)).isNotEqualTo(Plan.of(8, LONG, 3));
    }

    @Test
    void endsInTime() {
        for (long seed = 0; seed < 100; seed++) {
            assertThat(steps(Plan.of(seed, LONG, 3)))
                    .allMatch(step -> step.at().plus(step.lasts()).compareTo(LONG) <= 0);
        }
    }

    @Test
    void breaksEverythingThereIsAndTellsNoLies() {
        var kinds = Arrays.stream(Kind.values()).filter(each -> each.reach() != Reach.NOTHING);
        assertThat(steps(Plan.of(1, LONG, 3)).stream().map(Step::kind).distinct())
                .containsExactlyInAnyOrderElementsOf(kinds.toList());
    }

    @Test
    void breaksEveryNode() {
        assertThat(steps(Plan.of(1, LONG, 3)).stream().map(Step::target).distinct())
                .containsExactlyInAnyOrder(0, 1, 2);
    }

    @Test
    void sometimesBreaksTwoThingsAtOnceButNeverTwoOfASort() {
        var pairs = Plan.of(1, LONG, 3).together().stream().filter(each -> each.size() == 2);
        assertThat(pairs)
                .isNotEmpty()
                .allMatch(
                        pair ->
                                pair.stream()
                                                .map(step -> step.kind().reach())
                                                .collect(Collectors.toSet())
                                                .size()
                                        == 2);
    }

    @Test
    void hasNothingForAMomentThatIsTooShort() {
        assertThat(Plan.of(1, Duration.ofSeconds(1), 3).together()).isEmpty();
    }

    private static List<Step> steps(Plan plan) {
        return plan.together().stream().flatMap(List::stream).toList();
    }
}
