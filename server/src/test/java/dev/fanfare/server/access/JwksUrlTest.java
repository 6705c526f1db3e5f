package dev.fanfare.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Authentication.Accepted;
import dev.fanfare.core.access.Authentication.Invalid;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Key sets whose URL depends on who has issued a token, and for whom. */
class JwksUrlTest {
    private static final Pattern ISSUER = Pattern.compile("https://id\\.example/(?<realm>.*)");
    private static final Pattern AUDIENCE = Pattern.compile("(?<tenant>[a-z]+)-app");

    private final ManualClock clock = new ManualClock();
    private final JwksServer server = new JwksServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void trustsEachIssuerWithItsOwnKeys() {
        var red = Signer.of("ES256");
        var blue = Signer.of("ES256");
        server.publishAt("/red/keys", red.jwk()).publishAt("/blue/keys", blue.jwk());
        var judge = judge("/{{realm}}/keys", ISSUER, null);

        assertThat(authenticate(judge, red.token(issuedBy("red")))).isInstanceOf(Accepted.class);
        assertThat(authenticate(judge, blue.token(issuedBy("blue")))).isInstanceOf(Accepted.class);
        assertThat(authenticate(judge, red.token(issuedBy("blue")))).isInstanceOf(Invalid.class);
    }

    @Test
    void takesGroupsOfIssuerAndAudience() {
        var signer = Signer.of("ES256");
        server.publishAt("/red/shop", signer.jwk());
        var judge = judge("/{{realm}}/{{tenant}}", ISSUER, AUDIENCE);
        var claims = "{\"iss\":\"https://id.example/red\",\"aud\":[\"other\",\"shop-app\"]}";

        assertThat(authenticate(judge, signer.token(claims))).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b, /a%2Fb/keys",
        "../x, /..%2Fx/keys",
        "a?b#c, /a%3Fb%23c/keys",
        "ö x, /%C3%B6%20x/keys",
        "@evil.example, /%40evil.example/keys"
    })
    void leadsNowhereElse(String realm, String path) {
        var signer = Signer.of("ES256");
        server.publishAt(path, signer.jwk());

        assertThat(
                        authenticate(
                                judge("/{{realm}}/keys", ISSUER, null),
                                signer.token(issuedBy(realm))))
                .isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"iss\":null}",
                "{\"iss\":7}",
                "{\"iss\":\"https://id.example/\"}",
                "{\"iss\":\"https://id.example/.\"}",
                "{\"iss\":\"https://id.example/..\"}",
                "{\"iss\":\"http://id.example/red\"}",
                "{\"iss\":\" https://id.example/red\"}",
                "[]",
                "x"
            })
    void fetchesNothingForAnotherIssuer(String claims) {
        var judge = judge("/{{realm}}/keys", ISSUER, null);

        assertThat(authenticate(judge, Signer.of("ES256").token(claims)))
                .isInstanceOf(Invalid.class);
        assertThat(server.requests()).isZero();
    }

    @Test
    void fetchesNothingForAnIssuerOfGreatLength() {
        var judge = judge("/{{realm}}/keys", ISSUER, null);

        assertThat(authenticate(judge, Signer.of("ES256").token(issuedBy("x".repeat(1000)))))
                .isInstanceOf(Invalid.class);
        assertThat(server.requests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "keys",
                "ftp://a/b",
                "file:///etc/passwd",
                "https://",
                "https:///x",
                "http://a b"
            })
    void isAUrlOfTheWeb(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new JwksUrl(text));
    }

    @Test
    void knowsItsNames() {
        assertThat(new JwksUrl("https://{{tenant}}.example/{{realm}}").names())
                .isEqualTo(Set.of("tenant", "realm"));
    }

    private static String issuedBy(String realm) {
        return "{\"iss\":\"https://id.example/" + realm + "\"}";
    }

    private JwtAuthenticator judge(String path, Pattern issuer, Pattern audience) {
        var jwks =
                new Jwks(
                        new JwksUrl(server.origin() + path),
                        Duration.ofSeconds(10),
                        Duration.ofHours(1),
                        Duration.ofSeconds(10));
        var terms =
                new TokenTerms(
                        Set.copyOf(TokenTerms.ALGORITHMS), audience, issuer, TokenTerms.SUBJECT);
        return new TokenRules(new TrustedKeys(null, null, List.of(), jwks, false), terms)
                .authenticator(clock, Runnable::run, 10);
    }

    private static Authentication authenticate(JwtAuthenticator judge, String token) {
        return judge.authenticate(token).toCompletableFuture().join();
    }
}
