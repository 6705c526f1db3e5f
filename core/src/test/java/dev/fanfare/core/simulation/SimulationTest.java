package dev.fanfare.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random histories of the core, each made from its own seed and replayable from it. {@code
 * -Dfanfare.simulation.histories} says how many, {@code -Dfanfare.simulation.seed} where they
 * begin.
 */
class SimulationTest {
    private static final long HISTORIES = Long.getLong("fanfare.simulation.histories", 25_000);
    private static final long SEED = Long.getLong("fanfare.simulation.seed", 1);
    private static final long SEARCHED = 2_000;

    @Test
    void keepsItsPromisesInEveryHistory() {
        assertThat(firstFailure(HISTORIES, Fault.NONE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void noticesWhatIsBroken(Fault fault) {
        assertThat(firstFailure(SEARCHED, fault)).isPresent();
    }

    @Test
    void tellsTheSameStoryForTheSameSeed() {
        assertThat(Simulation.story(SEED, Fault.NONE))
                .isEqualTo(Simulation.story(SEED, Fault.NONE));
    }

    @Test
    void saysHowToReplayAFailure() {
        assertThat(firstFailure(SEARCHED, Fault.REPEATS).orElseThrow())
                .contains("-Dfanfare.simulation.seed=")
                .contains("heard again")
                .contains("publish");
    }

    private static Optional<String> firstFailure(long histories, Fault fault) {
        return LongStream.range(SEED, SEED + histories)
                .parallel()
                .mapToObj(seed -> Simulation.failure(seed, fault))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
