package dev.fanfare.server.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "25s,      25s",
        "300s,     5m",
        "1h30m,    90m",
        "720h,     720h",
        "1.5s,     1500ms",
        "250ms,    250ms",
        "1us,      1ms",
        "0,        0h",
        "0s,       0h",
        "2d,       48h",
        ".5h,      30m",
        "1m30s,    90s"
    })
    void becomesOneNumberAndOneUnit(String go, String ours) {
        assertThat(GoDuration.ours(GoDuration.parse(go))).isEqualTo(ours);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "25", "s", "-1s", "1 s", "1y", "soon", "."})
    void refusesWhatIsNone(String text) {
        assertThat(GoDuration.parse(text)).isNull();
    }
}
