package dev.fanfare.protocols.delta;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** Whatever comes is applied, or refused with its reason; nothing else. */
class FossilFuzzTest {
    private static final byte[] BASE = "0123456789abcdefghijklmnopqrstuvwxyz".getBytes(UTF_8);

    @FuzzTest
    void apply(byte[] delta) {
        try {
            var target = Fossil.apply(BASE, delta);
            assertThat(Fossil.apply(BASE, Fossil.delta(BASE, target))).isEqualTo(target);
        } catch (DeltaException refused) {
            assertThat(refused.getMessage()).contains("(expected: ");
        }
    }

    @FuzzTest
    void delta(byte[] bytes) throws DeltaException {
        var base = Arrays.copyOf(bytes, bytes.length / 2);
        var target = Arrays.copyOfRange(bytes, bytes.length / 2, bytes.length);

        assertThat(Fossil.apply(base, Fossil.delta(base, target))).isEqualTo(target);
        assertThat(Fossil.apply(base, Fossil.textDelta(base, target))).isEqualTo(target);
    }
}
