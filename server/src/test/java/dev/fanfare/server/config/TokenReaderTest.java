package dev.fanfare.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.TokenRules;
import dev.fanfare.server.access.TrustedKeys;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings about tokens, and how they fit together. */
class TokenReaderTest {
    private static final String OTHER = "another-secret-of-more-than-thirty-two-bytes";

    @TempDir private Path directory;
    private TestConfig config;

    @BeforeEach
    void setUp() {
        config = new TestConfig(directory);
    }

    @Test
    void readsEverySettingOfAKind() {
        var rules =
                config.yaml(
                                """
                                token:
                                  previous-secret: %s
                                  previous-secret-until: 1767225600
                                  jwks:
                                    url: https://id.example/{{realm}}/keys
                                    timeout: 2s
                                    max-age: 10m
                                    min-interval: 30s
                                  algorithms: [RS256, ES256]
                                  audience: fan.fare
                                  issuer-regex: https://id\\.example/(?P<realm>[a-z]+)
                                  user-id-claim: uid
                                """
                                        .formatted(OTHER))
                        .load()
                        .token()
                        .connection();

        var keys = rules.keys();
        assertThat(keys.secret()).isEqualTo(new Secret(TestConfig.SECRET));
        assertThat(keys.previous())
                .isEqualTo(new TrustedKeys.Previous(new Secret(OTHER), 1_767_225_600_000L));
        assertThat(keys.jwks().url().names()).containsExactly("realm");
        assertThat(keys.jwks().timeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(keys.jwks().maxAge()).isEqualTo(Duration.ofMinutes(10));
        assertThat(keys.jwks().minInterval()).isEqualTo(Duration.ofSeconds(30));
        var terms = rules.terms();
        assertThat(terms.algorithms()).containsExactlyInAnyOrder("RS256", "ES256");
        assertThat(terms.audience().matcher("fan.fare").matches()).isTrue();
        assertThat(terms.audience().matcher("fanxfare").matches()).isFalse();
        assertThat(terms.issuer().matcher("https://id.example/red").matches()).isTrue();
        assertThat(terms.userClaim()).isEqualTo("uid");
    }

    @Test
    void usuallyAsksForNothingButTheSecret() {
        var token = config.load().token();

        assertThat(token.connection()).isEqualTo(TokenRules.of(new Secret(TestConfig.SECRET)));
        assertThat(token.subscription()).isNull();
        assertThat(token.lifetime()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void takesPublicKeysAsTextAndFromAFile() throws Exception {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var pem = pem("PUBLIC KEY", pair.getPublic());
        config.file("keys.pem", pem);

        for (var given : new String[] {pem, "keys.pem"}) {
            var loaded = config.environment("FANFARE_TOKEN_PUBLIC_KEYS", given).load();
            assertThat(loaded.token().connection().keys().publicKeys())
                    .containsExactly(pair.getPublic());
        }
        var yaml = "token.public-keys: |\n" + pem.indent(2);
        config.environment("FANFARE_TOKEN_PUBLIC_KEYS", "").yaml(yaml);
        assertThat(config.load().token().connection().keys().publicKeys())
                .containsExactly(pair.getPublic());
    }

    @Test
    void neverShowsAPrivateKey() throws Exception {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        config.environment("FANFARE_TOKEN_PUBLIC_KEYS", pem("PRIVATE KEY", pair.getPrivate()));

        assertThat(config.mistakes())
                .containsExactly(
                        "token.public-keys: PEM text (expected: public keys or certificates in PEM,"
                                + " or a file of them, for a signature algorithm, for example"
                                + " token.public-keys: /etc/fanfare/token.pem) from environment"
                                + " FANFARE_TOKEN_PUBLIC_KEYS");
    }

    private static String pem(String label, Key key) {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }

    @ParameterizedTest
    @CsvSource({
        "token.jwks.url, https://id.example/keys",
        "token.skip-signature-verification, true",
        "token.secret, 0123456789abcdef0123456789abcdef"
    })
    void needsAnyKindOfKey(String key, String value) {
        config.environment("FANFARE_TOKEN_SECRET", "").option(key, value);

        assertThat(config.mistakes()).isEmpty();
    }

    @Test
    void warnsWhereSignaturesAreNotChecked() {
        config.yaml("token.skip-signature-verification: true");

        assertThat(config.load().operation().warnings())
                .containsExactly(
                        "token.skip-signature-verification is on: no signature is checked, and"
                                + " whoever can reach the server can be anybody");
    }

    @Test
    void warnsWhereKeysCanBeExchangedOnTheWay() {
        config.yaml("token.jwks.url: http://id.example/keys");

        assertThat(config.load().operation().warnings())
                .containsExactly(
                        "token.jwks.url is without TLS: whoever stands between can exchange the"
                                + " keys");
    }

    @Test
    void readsKeysOfSingleChannelsBesideThoseOfConnections() {
        var token =
                config.yaml("subscription-token: { secret: " + OTHER + ", audience: channels }")
                        .load()
                        .token();

        assertThat(token.connection().keys().secret()).isEqualTo(new Secret(TestConfig.SECRET));
        assertThat(token.connection().terms().audience()).isNull();
        assertThat(token.subscription().keys().secret()).isEqualTo(new Secret(OTHER));
        assertThat(token.subscription().terms().audience().matcher("channels").matches()).isTrue();
    }

    @Test
    void needsAKeyForSingleChannelsWhereAnythingIsSaidAboutThem() {
        config.yaml("subscription-token.audience: channels");

        assertThat(config.mistakes())
                .containsExactly(
                        "subscription-token.secret: nothing (expected: a secret of at least 32"
                                + " bytes, subscription-token.public-keys or"
                                + " subscription-token.jwks.url, because others of these settings"
                                + " are set, for example export"
                                + " FANFARE_SUBSCRIPTION_TOKEN_SECRET=$(openssl rand -hex 32))");
    }

    @Test
    void holdsThePreviousSecretToTheRulesForSecrets() {
        config.yaml("token.previous-secret: short");

        assertThat(config.mistakes()).hasSize(1);
        assertThat(config.mistakes().getFirst())
                .startsWith("token.previous-secret: (hidden) (expected: a secret of at least 32");
        config.option("token.allow-short-secret", "true");
        assertThat(config.mistakes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ audience: a, audience-regex: b } | token.audience-regex: b (expected: nothing"
                        + " beside token.audience",
                "{ issuer: a, issuer-regex: b } | token.issuer-regex: b (expected: nothing beside"
                        + " token.issuer",
                "{ issuer-regex: '(' } | token.issuer-regex: ( (expected: a regular expression",
                "{ previous-secret-until: 1767225600 } | token.previous-secret-until: 1767225600"
                        + " (expected: nothing without token.previous-secret",
                "{ previous-secret-until: tomorrow } | token.previous-secret-until: tomorrow"
                        + " (expected: seconds since 1970",
                "{ jwks.url: 'https://id.example/{{realm}}' } | token.jwks.url:"
                        + " https://id.example/{{realm}} (expected: names of groups in"
                        + " token.issuer-regex or token.audience-regex",
                "{ jwks.url: keys } | token.jwks.url: keys (expected: a URL with http or https",
                "{ jwks.timeout: 2m } | token.jwks.timeout: 2m (expected: 100ms to 1m",
                "{ public-keys: missing.pem } | token.public-keys: missing.pem (expected: public"
                        + " keys or certificates in PEM, or a file of them"
            })
    void saysWhatIsWrong(String token, String start) {
        config.yaml("token: " + token);

        assertThat(config.mistakes()).isNotEmpty();
        assertThat(config.mistakes().getFirst()).startsWith(start);
    }
}
