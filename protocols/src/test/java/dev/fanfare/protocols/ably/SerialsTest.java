package dev.fanfare.protocols.ably;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.model.StreamPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerialsTest {
    private static final StreamPosition POSITION = new StreamPosition("e@-1", 42);

    @Test
    void aSerialTellsItsPosition() {
        assertThat(Serials.ofChannel(POSITION)).isEqualTo("00000000000042-000@e@-1");
        assertThat(Serials.ofMessage(POSITION)).isEqualTo("00000000000042-000@e@-1:000");
        assertThat(Serials.position(Serials.ofChannel(POSITION))).isEqualTo(POSITION);
        assertThat(Serials.position(Serials.ofMessage(POSITION))).isEqualTo(POSITION);
    }

    @Test
    void serialsOfOneEpochSortAsTheirPositions() {
        assertThat(Serials.ofMessage(POSITION))
                .isGreaterThan(Serials.ofMessage(POSITION.at(9)))
                .isLessThan(Serials.ofMessage(POSITION.at(100)));
    }

    @Test
    void withoutHistoryItTellsNoPosition() {
        assertThat(Serials.position(Serials.ofChannel(StreamPosition.NONE)))
                .isEqualTo(StreamPosition.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "42",
                "0000000000042-000@e",
                "00000000000042-000",
                "00000000000042@e",
                "-0000000000042-000@e",
                "9999999999999999999-000@e",
                "00000000000042-000@e:0000",
                "00000000000042-000@e:x"
            })
    void foreignTextIsNoPosition(String text) {
        assertThat(Serials.position(text)).isNull();
    }
}
