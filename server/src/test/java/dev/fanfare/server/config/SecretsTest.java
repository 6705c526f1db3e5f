package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.server.access.Secret;
import dev.fanfare.server.config.ServerConfig.Address;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    private static final String PASTE =
            ", for example export FANFARE_TOKEN_SECRET=$(openssl rand -hex 32))";

    @TempDir private Path directory;
    private TestConfig config;

    @BeforeEach
    void setUp() {
        config = new TestConfig(directory);
    }

    @Test
    void needsATokenSecretAndSaysHowToMakeOne() {
        assertThat(config.environment("FANFARE_TOKEN_SECRET", "").mistakes())
                .containsExactly(
                        "token.secret: nothing (expected: a secret of at least 32 bytes,"
                                + " token.public-keys or token.jwks.url, or --dev to try things"
                                + " out"
                                + PASTE);
    }

    @Test
    void needsNoTokenSecretWithoutEndpoints() {
        config.environment("FANFARE_TOKEN_SECRET", "").yaml("endpoints: []");
        assertThat(config.load().token().secret()).isNull();
    }

    @Test
    void refusesAShortSecretWithoutShowingIt() {
        assertThat(config.environment("FANFARE_TOKEN_SECRET", "hunter2").mistakes())
                .containsExactly(
                        "token.secret: (hidden) (expected: a secret of at least 32 bytes"
                                + PASTE
                                + " from environment FANFARE_TOKEN_SECRET");
    }

    @Test
    void takesAShortSecretThatIsAllowedAndWarns() {
        config.environment("FANFARE_TOKEN_SECRET", "hunter2")
                .yaml("token.allow-short-secret: true");
        assertThat(config.load().token().secret()).isEqualTo(new Secret("hunter2"));
        assertThat(config.load().operation().warnings())
                .containsExactly("token.secret has less than 32 bytes: it can be guessed");
    }

    @Test
    void warnsOfAnApiThatNeedsNoKey() {
        config.yaml("api.insecure: true");
        assertThat(config.load().publish().api().insecure()).isTrue();
        assertThat(config.load().operation().warnings())
                .containsExactly(
                        "api.insecure is true: whoever reaches the port can call the server API,"
                                + " without a key");
    }

    @Test
    void refusesTheSecretsOfDevelopmentMode() {
        config.environment("FANFARE_TOKEN_SECRET", Development.TOKEN_SECRET)
                .yaml("publish: { token: dev-publish-token }");
        assertThat(config.mistakes())
                .containsExactly(
                        "token.secret: (hidden) (expected: a secret of your own: this one is"
                                + " development mode's"
                                + PASTE
                                + " from environment FANFARE_TOKEN_SECRET",
                        "publish.token: (hidden) (expected: a secret of your own: this one is"
                                + " development mode's, for example export"
                                + " FANFARE_PUBLISH_TOKEN=$(openssl rand -hex 32)) at"
                                + " fanfare.yaml:1");
    }

    @Test
    void developmentModeHasFixedSecretsOnThisMachineAlone() {
        var loaded = config.environment("FANFARE_TOKEN_SECRET", "").option("dev", "true").load();
        assertThat(loaded.operation().development()).isTrue();
        assertThat(loaded.operation().warnings()).isEmpty();
        assertThat(loaded.network().address()).isEqualTo(new Address("127.0.0.1", 8000));
        assertThat(loaded.token().secret()).isEqualTo(new Secret(Development.TOKEN_SECRET));
        assertThat(loaded.publish().token()).isEqualTo(new Secret(Development.PUBLISH_TOKEN));
        assertThat(loaded.network().origins().allows("http://localhost:5173", "x")).isTrue();
        assertThat(loaded.network().origins().allows("https://example.com", "x")).isFalse();
    }

    @Test
    void knowsTheNameThatOtherProgramsHaveForTheTokenSecret() {
        var shared = "shared-with-a-backend-0123456789abcdef";
        var loaded =
                config.environment("FANFARE_TOKEN_SECRET", "")
                        .environment("CENTRIFUGO_TOKEN_SECRET", shared)
                        .load();
        assertThat(loaded.token().secret()).isEqualTo(new Secret(shared));
    }

    @Test
    void everyFixedValueOfDevelopmentModeCanBeChanged() {
        var loaded =
                config.yaml("dev: true\nhost: 0.0.0.0")
                        .environment("REALTIME_PUBLISH_TOKEN", "mine")
                        .load();
        assertThat(loaded.token().secret()).isEqualTo(new Secret(TestConfig.SECRET));
        assertThat(loaded.publish().token()).isEqualTo(new Secret("mine"));
        assertThat(loaded.operation().warnings())
                .containsExactly("development mode, with secrets that everybody knows, on 0.0.0.0");
    }

    @Test
    void neverPrintsASecret() {
        assertThat(config.load().toString()).contains("(hidden)").doesNotContain(TestConfig.SECRET);
    }
}
