package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueTypeTest {
    private static final ValueType<Integer> SIZE = ValueType.size(0, 1 << 30);
    private static final ValueType<Duration> TIME =
            ValueType.duration(Duration.ZERO, Duration.ofDays(7));

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "17,17",
        "17B,17",
        "64KiB,65536",
        "64 KiB,65536",
        "8MiB,8388608",
        "1GiB,1073741824"
    })
    void readsSizes(String text, int bytes) {
        assertThat(SIZE.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "+1",
                "KiB",
                "1.5MiB",
                "1KB",
                "1kib",
                "2GiB",
                "99999999999999999999",
                "999999999GiB"
            })
    void refusesOtherSizes(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SIZE.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "5ms,5",
        "25s,25000",
        "25 s,25000",
        "5m,300000",
        "2h,7200000",
        "1d,86400000"
    })
    void readsTimes(String text, long millis) {
        assertThat(TIME.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "25", "s", "-1s", "1.5s", "8d", "1w", "PT5S", "999999999d"})
    void refusesOtherTimes(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> TIME.parse(text));
    }

    @Test
    void saysRangesInUnits() {
        assertThat(ValueType.size(0, 3 << 20).expected()).isEqualTo("0B to 3MiB");
        assertThat(ValueType.duration(Duration.ofMillis(1500), Duration.ofMinutes(90)).expected())
                .isEqualTo("1500ms to 90m");
    }

    @Test
    void readsListsFromTextWithCommas() {
        assertThat(ValueType.integer(0, 9).list().parse(" 1,2 ,, 3")).containsExactly(1, 2, 3);
        assertThat(ValueType.integer(0, 9).list().parse("")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ValueType.integer(0, 9).list().parse("1,x"));
    }

    @Test
    void readsOffWhereItIsAllowed() {
        assertThat(ValueType.integer(1, 9).orOff(0).parse("off")).isZero();
        assertThat(ValueType.integer(1, 9).orOff(0).parse("3")).isEqualTo(3);
        assertThatIllegalArgumentException().isThrownBy(() -> ValueType.integer(1, 9).parse("off"));
    }
}
