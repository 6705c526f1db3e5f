package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.ably.access.AppKey;
import dev.fanfare.ably.access.TokenTerms;
import dev.fanfare.ably.app.Limits;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AblyReaderTest {
    @TempDir private Path directory;
    private TestConfig config;

    @BeforeEach
    void setUp() {
        config = new TestConfig(directory);
    }

    @Test
    void nothingIsServedWithoutAKey() {
        assertThat(ably().isServed()).isFalse();
    }

    @Test
    void theUsualLimitsAreThoseOfTheProtocol() {
        assertThat(ably().limits()).isEqualTo(Limits.USUAL);
        assertThat(ably().terms()).isEqualTo(TokenTerms.USUAL);
    }

    @Test
    void limitsCanBeSet() {
        config.yaml(
                """
                ably:
                  message-size: 1KiB
                  frame-size: 2KiB
                  channels-per-connection: 3
                  members-per-channel: 4
                  rewind-limit: 5
                  connection-state: 6s
                  presence-grace: 7s
                  max-idle: 8s
                  token-lifetime: 9s
                  longest-token-lifetime: 10s
                """);

        assertThat(ably().limits())
                .isEqualTo(
                        new Limits(
                                1024,
                                2048,
                                3,
                                4,
                                5,
                                new Limits.Patience(
                                        Duration.ofSeconds(6),
                                        Duration.ofSeconds(7),
                                        Duration.ofSeconds(8))));
        assertThat(ably().terms())
                .isEqualTo(new TokenTerms(Duration.ofSeconds(9), Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ABLY_API_KEY", "FANFARE_ABLY_KEY"})
    void aKeyOfTheEnvironmentAllowsEverything(String variable) {
        config.environment(variable, "app001.key-1:hush, app_2.key:hush:hush");

        assertThat(ably().keys())
                .extracting(AppKey::name)
                .containsExactly("app001.key-1", "app_2.key");
        assertThat(ably().keys()).extracting(AppKey::secret).containsExactly("hush", "hush:hush");
        assertThat(ably().keys().getFirst().capability().text()).isEqualTo("{\"[*]*\":[\"*\"]}");
        assertThat(ably().keys().getFirst().revocableTokens()).isFalse();
        assertThat(ably().isServed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                """
                ably:
                  keys:
                    - key: "app001.key:hush"
                      capability: { "news:*": [subscribe, history] }
                      revocable-tokens: true
                """,
                """
                ably.keys:
                  - key: "app001.key:hush"
                    capability: '{"news:*":["subscribe","history"]}'
                    revocable-tokens: true
                """
            })
    void aKeyOfTheFileSaysWhatItAllows(String yaml) {
        config.yaml(yaml);

        assertThat(ably().keys())
                .singleElement()
                .satisfies(
                        key -> {
                            assertThat(key.name()).isEqualTo("app001.key");
                            assertThat(key.capability().text())
                                    .isEqualTo("{\"news:*\":[\"history\",\"subscribe\"]}");
                            assertThat(key.revocableTokens()).isTrue();
                        });
    }

    @Test
    void keysOfBothPlacesHold() {
        config.environment("ABLY_API_KEY", "app001.one:hush")
                .yaml("ably: { keys: [ { key: 'app001.two:hush' } ] }");

        assertThat(ably().keys())
                .extracting(AppKey::name)
                .containsExactly("app001.one", "app001.two");
    }

    @Test
    void itCanBeSwitchedOff() {
        config.environment("ABLY_API_KEY", "app001.one:hush").yaml("ably.enabled: false");

        assertThat(ably().isServed()).isFalse();
    }

    @Test
    void developmentModeHasAKeyAndASandbox() {
        config.yaml("dev: true");

        assertThat(ably().keys())
                .singleElement()
                .satisfies(
                        key -> {
                            assertThat(key.name()).isEqualTo("dev000.key001");
                            assertThat(key.secret()).isEqualTo("dev-ably-secret");
                            assertThat(key.capability().text()).isEqualTo("{\"[*]*\":[\"*\"]}");
                        });
        assertThat(ably().sandbox()).isEqualTo(new AblyOptions.Sandbox(500, Duration.ofHours(1)));
    }

    @Test
    void theSandboxCanBeSwitchedOff() {
        config.yaml("{ dev: true, ably.sandbox: false }");

        assertThat(ably().sandbox()).isNull();
    }

    @Test
    void onlyDevelopmentModeHasASandbox() {
        config.yaml("ably.sandbox: true");

        assertThat(config.mistakes())
                .containsExactly(
                        "ably.sandbox: true (expected: false: only development mode has a sandbox,"
                                + " for example ably.sandbox: true) at fanfare.yaml:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ably.key: \"dev000.key001:dev-ably-secret\"",
                "ably.keys: [ { key: \"mine.key:dev-ably-secret\" } ]"
            })
    void onlyDevelopmentModeTakesItsOwnSecret(String yaml) {
        config.yaml(yaml);

        assertThat(config.mistakes())
                .singleElement()
                .asString()
                .contains(": (hidden) (expected: a secret of your own: this one is development")
                .doesNotContain("dev-ably-secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ably.key: hush",
                "ably.key: \"app.key.more:hush\"",
                "ably.key: \"app.key:\"",
                "ably.keys: [ { key: hush } ]",
                "ably.keys: [ { key: \".key:hush\" } ]",
                "ably.keys: [ \"app.key:hush\" ]",
                "ably.keys: \"app.key:hush\"",
                "ably.keys: { key: \"app.key:hush\" }",
                "ably.keys: [ { key: [ \"app.key:hush\" ] } ]",
                "ably.keys: [ { key: \"app.key:hush\" }, { key: \"app.key:hush\" } ]"
            })
    void refusesWhatIsNoKeyWithoutShowingIt(String yaml) {
        config.yaml(yaml);

        assertThat(config.mistakes())
                .isNotEmpty()
                .allSatisfy(mistake -> assertThat(mistake).contains("(hidden) (expected: "))
                .noneSatisfy(mistake -> assertThat(mistake).contains("hush"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    { news: [write] }  | capability: write (expected: an operation
                    { news: subscribe }| a list of operations
                    {}                 | at least one channel
                    no JSON            | capability: no JSON (expected: JSON)
                    """)
    void refusesCapabilitiesThatSayNothing(String capability, String message) {
        config.yaml("ably.keys: [ { key: \"app.key:hush\", capability: " + capability + " } ]");

        assertThat(config.mistakes()).singleElement().asString().contains(message);
    }

    @Test
    void refusesUnknownKeysOfAKey() {
        config.yaml("ably.keys: [ { key: \"app.key:hush\", revocable: true } ]");

        assertThat(config.mistakes())
                .singleElement()
                .asString()
                .startsWith("revocable: unknown key (expected: ");
    }

    @Test
    void tokensDoNotUsuallyLiveLongerThanTheLongest() {
        config.yaml("{ ably.token-lifetime: 2h, ably.longest-token-lifetime: 1h }");

        assertThat(config.mistakes())
                .containsExactly(
                        "ably.token-lifetime: 2h (expected: at most ably.longest-token-lifetime,"
                                + " for example ably.token-lifetime: 1h) at fanfare.yaml:1");
    }

    @Test
    void aMessageFitsIntoTheBuffer() {
        config.yaml("{ ably.message-size: 2MiB, limits.outbound-buffer: 1MiB }");

        assertThat(config.mistakes())
                .singleElement()
                .asString()
                .startsWith("ably.message-size: 2MiB (expected: at most limits.outbound-buffer");
    }

    private AblyOptions ably() {
        return config.load().transports().ably();
    }
}
