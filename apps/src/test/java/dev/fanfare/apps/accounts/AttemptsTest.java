package dev.fanfare.apps.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fanfare.apps.web.Refused;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptsTest {
    private static final int PER_MINUTE = 3;

    private final ManualTime time = new ManualTime();
    private final Attempts attempts = new Attempts(PER_MINUTE, time);

    @Test
    void anAddressHasSoManyForAllNamesTogether() {
        for (int i = 0; i < PER_MINUTE; i++) {
            attempts.take("192.0.2.1", "alice" + i);
        }
        assertRefused("192.0.2.1", "bob", "address: more (expected: 3 attempts in a minute)");
        assertAdmitted("192.0.2.2", "bob");
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.1", "[2001:db8::1], 2001:db8::1"})
    void thePortThatAProxyAddsMakesNoOtherAddress(String bracketed, String address) {
        for (int i = 0; i < PER_MINUTE; i++) {
            attempts.take(bracketed + ":" + (5000 + i), "alice" + i);
        }
        assertRefused(address, "bob", "address: more (expected: 3 attempts in a minute)");
    }

    @Test
    void aNameHasSoManyFromAllAddressesTogetherHoweverItIsWritten() {
        attempts.take("192.0.2.1", "alice");
        attempts.take("192.0.2.2", "Alice");
        attempts.take("192.0.2.3", "ALICE");
        assertRefused("192.0.2.4", "alice", "username: more (expected: 3 attempts in a minute)");
        assertAdmitted("192.0.2.4", "bob");
    }

    @Test
    void attemptsComeBackOneByOne() {
        for (int i = 0; i < PER_MINUTE; i++) {
            attempts.take("192.0.2.1", "alice");
        }
        assertThatThrownBy(() -> attempts.take("192.0.2.1", "bob"))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.status()).isEqualTo(429);
                            assertThat(refused.retryAfter()).isEqualTo(Duration.ofSeconds(20));
                        });
        time.pass(Duration.ofSeconds(20));
        assertAdmitted("192.0.2.1", "alice");
        assertRefused("192.0.2.1", "alice", "address: more (expected: 3 attempts in a minute)");
        time.pass(Duration.ofMinutes(10));
        for (int i = 0; i < PER_MINUTE; i++) {
            assertAdmitted("192.0.2.1", "alice");
        }
    }

    @Test
    void whoeverIsRefusedByAddressCostsTheNameNothing() {
        for (int i = 0; i < PER_MINUTE; i++) {
            attempts.take("192.0.2.1", "bob" + i);
        }
        for (int i = 0; i < 10; i++) {
            assertRefused("192.0.2.1", "alice", "address: more (expected: 3 attempts in a minute)");
        }
        assertAdmitted("192.0.2.2", "alice");
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:0db8:0001:0002:0:0:0:1, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "192.0.2.1, 192.0.2.2, false",
        "nonsense, nonsense, true"
    })
    void addressesOfOneIpv6NetworkCountAsOne(String one, String other, boolean same) {
        for (int i = 0; i < PER_MINUTE; i++) {
            attempts.take(one, "alice" + i);
        }
        if (same) {
            assertRefused(other, "bob", "address: more (expected: 3 attempts in a minute)");
        } else {
            assertAdmitted(other, "bob");
        }
    }

    private void assertAdmitted(String address, String name) {
        assertThatCode(() -> attempts.take(address, name)).doesNotThrowAnyException();
    }

    private void assertRefused(String address, String name, String message) {
        assertThatThrownBy(() -> attempts.take(address, name))
                .isInstanceOf(Refused.class)
                .hasMessage(message);
    }

    private static final class ManualTime implements TimeMeter {
        private long nanos;

        void pass(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
