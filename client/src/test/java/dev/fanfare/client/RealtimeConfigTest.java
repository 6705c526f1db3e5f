package dev.fanfare.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealtimeConfigTest {
    private static final Map<String, String> THEIRS =
            Map.of("CENTRIFUGO_API_URL", "http://theirs/api", "CENTRIFUGO_API_KEY", "their key");
    private static final Map<String, String> BOTH =
            Map.of(
                    "CENTRIFUGO_API_URL", "http://theirs/api",
                    "CENTRIFUGO_API_KEY", "their key",
                    "FANFARE_API_URL", "http://ours:8000",
                    "FANFARE_API_KEY", "our key");

    @Test
    void comesFromTheEnvironmentWhereOurNamesAreStronger() {
        var theirs = RealtimeConfig.from(new Environment(THEIRS));
        assertThat(theirs.method("publish")).hasToString("http://theirs/api/publish");
        assertThat(theirs.apiKey()).isEqualTo("their key");

        var ours = RealtimeConfig.from(new Environment(BOTH));
        assertThat(ours.method("publish")).hasToString("http://ours:8000/api/publish");
        assertThat(ours.apiKey()).isEqualTo("our key");
    }

    @Test
    void saysWhatIsMissing() {
        var url = Map.of("FANFARE_API_URL", "http://ours", "FANFARE_API_KEY", "");
        assertThatIllegalStateException()
                .isThrownBy(() -> RealtimeConfig.from(new Environment(url)))
                .withMessage(
                        "apiKey: nothing (expected: FANFARE_API_KEY or CENTRIFUGO_API_KEY in the"
                                + " environment)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://h:1", "http://h:1/", "http://h:1/api", "http://h:1/api/"})
    void theAddressMayEndWithApiOrNot(String address) {
        assertThat(RealtimeConfig.of(address, "key").method("publish"))
                .hasToString("http://h:1/api/publish");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8000", "ws://localhost", "/api", "http:///api"})
    void refusesWhatIsNoAddress(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RealtimeConfig.of(address, "key"))
                .withMessageStartingWith("apiUrl: " + address);
    }

    @Test
    void refusesWhatCannotBeWaitedFor() {
        var config = RealtimeConfig.of("http://h", "key");
        assertThatIllegalArgumentException().isThrownBy(() -> config.withTimeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> config.withRetries(-1));
    }

    @Test
    void neverShowsTheKey() {
        assertThat(RealtimeConfig.of("http://h", "secret key").toString())
                .contains("http://h")
                .doesNotContain("secret key");
    }
}
