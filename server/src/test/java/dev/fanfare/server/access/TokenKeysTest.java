package dev.fanfare.server.access;

import static dev.fanfare.server.access.SignedTokens.base64;
import static dev.fanfare.server.access.SignedTokens.sign;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Authentication.Accepted;
import dev.fanfare.core.access.Authentication.Invalid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures of every algorithm, and keys that are at hand. */
class TokenKeysTest {
    private static final String CLAIMS = "{\"sub\":\"42\"}";
    private static final Secret NEW = new Secret("a new secret, of more than thirty-two bytes");
    private static final Secret OLD = new Secret("an old secret, of more than thirty-two bytes");

    private final ManualClock clock = new ManualClock();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519", "Ed448"
            })
    void acceptsWhatThePrivateKeyOfAPublicOneSigns(String algorithm) {
        var signer = Signer.of(algorithm);

        assertThat(user(publicKeys(signer.pem()), signer.token(CLAIMS))).isEqualTo("42");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "ES384", "EdDSA", "Ed448"})
    void refusesWhatAnotherKeyOfItsKindSigns(String algorithm) {
        var keys = publicKeys(Signer.of(algorithm).pem());

        assertThat(why(keys, Signer.of(algorithm).token(CLAIMS))).isEqualTo("a wrong signature");
    }

    @Test
    void triesEveryKeyOfAKind() {
        var first = Signer.of("ES256");
        var second = Signer.of("ES256");
        var keys = publicKeys(first.pem() + Signer.of("RS256").pem() + second.pem());

        assertThat(user(keys, first.token(CLAIMS))).isEqualTo("42");
        assertThat(user(keys, second.token(CLAIMS))).isEqualTo("42");
    }

    @Test
    void refusesAnAlgorithmOfAnotherKind() {
        var rsa = Signer.of("RS256");
        var keys = publicKeys(rsa.pem());

        assertThat(why(keys, Signer.of("ES256").token(CLAIMS))).contains("no key for");
        assertThat(why(keys, Signer.of("EdDSA").token(CLAIMS))).contains("no key for");
    }

    @Test
    void refusesACurveOfAnotherSize() {
        var keys = publicKeys(Signer.of("ES256").pem());

        assertThat(why(keys, Signer.of("ES384").token(CLAIMS))).contains("no key for");
    }

    @Test
    void neverTakesAPublicKeyForASecret() {
        var pem = Signer.of("RS256").pem();
        var keys = publicKeys(pem);

        for (var algorithm : List.of("HS256", "HS384", "HS512")) {
            for (var secret : List.of(pem, pem.strip(), pem.replace("\n", ""))) {
                var forged = sign(JWSAlgorithm.parse(algorithm), new Secret(secret), CLAIMS);
                assertThat(authenticate(keys, forged)).isInstanceOf(Invalid.class);
            }
        }
    }

    @Test
    void neverTakesAPublicKeyForASecretBesideOne() {
        var signer = Signer.of("RS256");
        var keys = new TrustedKeys(NEW, null, PublicKeys.parse(signer.pem()), null, false);

        assertThat(user(keys, signer.token(CLAIMS))).isEqualTo("42");
        assertThat(user(keys, sign(JWSAlgorithm.HS256, NEW, CLAIMS))).isEqualTo("42");
        assertThat(why(keys, sign(JWSAlgorithm.HS256, new Secret(signer.pem()), CLAIMS)))
                .isEqualTo("a wrong signature");
    }

    @Test
    void refusesATokenThatSaysItNeedsNoSignature() {
        for (var keys : List.of(publicKeys(Signer.of("RS256").pem()), anySignature())) {
            var token = base64("{\"alg\":\"none\"}") + "." + base64(CLAIMS) + ".";
            assertThat(authenticate(keys, token)).isInstanceOf(Invalid.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "a"})
    void acceptsShortSecrets(String secret) {
        var input = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(CLAIMS);
        var token = input + "." + HmacByTheBook.sign(secret, input);

        assertThat(user(TrustedKeys.of(new Secret(secret)), token)).isEqualTo("42");
        assertThat(why(TrustedKeys.of(new Secret(secret + "a")), token))
                .isEqualTo("a wrong signature");
    }

    @Test
    void acceptsThePreviousSecretUntilItsTimeIsOver() {
        long until = (ManualClock.START + 60) * 1000;
        var keys = previous(until);
        var judge = new TokenRules(keys, TokenTerms.USUAL).authenticator(clock, Runnable::run, 10);
        var old = sign(JWSAlgorithm.HS256, OLD, CLAIMS);

        clock.set(until - 1);
        assertThat(authenticate(judge, old)).isInstanceOf(Accepted.class);
        assertThat(authenticate(judge, sign(JWSAlgorithm.HS256, NEW, CLAIMS)))
                .isInstanceOf(Accepted.class);
        clock.set(until);
        assertThat(authenticate(judge, old)).isEqualTo(new Invalid("a wrong signature"));
        assertThat(authenticate(judge, sign(JWSAlgorithm.HS256, NEW, CLAIMS)))
                .isInstanceOf(Accepted.class);
        assertThat(judge.remembered()).isOne();
    }

    @Test
    void acceptsThePreviousSecretForeverWithoutAnEnd() {
        var keys = previous(Long.MAX_VALUE);

        clock.set(Long.MAX_VALUE / 2);
        assertThat(user(keys, sign(JWSAlgorithm.HS256, OLD, CLAIMS))).isEqualTo("42");
    }

    @Test
    void takesAnySignatureWhereNobodyLooksAtThem() {
        var keys = anySignature();

        assertThat(user(keys, sign(JWSAlgorithm.HS256, OLD, CLAIMS))).isEqualTo("42");
        assertThat(user(keys, Signer.of("RS256").token(CLAIMS))).isEqualTo("42");
        assertThat(authenticate(keys, sign("{\"exp\":1}"))).isEqualTo(new Authentication.Expired());
        assertThat(authenticate(keys, sign("[]"))).isInstanceOf(Invalid.class);
    }

    /** RFC 8037, appendix A.4. */
    @Test
    void knowsTheSignatureOfTheStandard() {
        var pem =
                """
                -----BEGIN PUBLIC KEY-----
                MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
                -----END PUBLIC KEY-----
                """;
        var jws =
                "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
                        + "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt"
                        + "9g7sVvpAr_MuM0KAg";

        assertThat(why(publicKeys(pem), jws)).contains("no JSON object");
        assertThat(why(publicKeys(pem), jws.replace("hgyY", "hgyZ")))
                .isEqualTo("a wrong signature");
    }

    private static TrustedKeys publicKeys(String pem) {
        return new TrustedKeys(null, null, PublicKeys.parse(pem), null, false);
    }

    private static TrustedKeys previous(long until) {
        var previous = new TrustedKeys.Previous(OLD, until);
        return new TrustedKeys(NEW, previous, List.of(), null, false);
    }

    private static TrustedKeys anySignature() {
        return new TrustedKeys(null, null, List.of(), null, true);
    }

    private String user(TrustedKeys keys, String token) {
        return ((Accepted) authenticate(keys, token)).identity().user();
    }

    private String why(TrustedKeys keys, String token) {
        return ((Invalid) authenticate(keys, token)).why();
    }

    private Authentication authenticate(TrustedKeys keys, String token) {
        var rules = new TokenRules(keys, TokenTerms.USUAL);
        return authenticate(rules.authenticator(clock, Runnable::run, 10), token);
    }

    private static Authentication authenticate(JwtAuthenticator judge, String token) {
        return judge.authenticate(token).toCompletableFuture().join();
    }
}
