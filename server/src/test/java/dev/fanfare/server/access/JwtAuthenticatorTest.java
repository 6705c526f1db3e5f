package dev.fanfare.server.access;

import static dev.fanfare.server.access.SignedTokens.SECRET;
import static dev.fanfare.server.access.SignedTokens.base64;
import static dev.fanfare.server.access.SignedTokens.sign;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Authentication.Accepted;
import dev.fanfare.core.access.Authentication.Expired;
import dev.fanfare.core.access.Authentication.Invalid;
import dev.fanfare.core.access.Identity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtAuthenticatorTest {
    private static final long NOW = ManualClock.START;
    private static final int CAPACITY = 100;
    private static final Executor NEVER_USED =
            _ -> {
                throw new AssertionError("HMAC needs no executor");
            };

    private final ManualClock clock = new ManualClock();
    private final JwtAuthenticator authenticator = authenticator(SECRET);

    @Test
    void acceptsWhatTheTokenMakerMakes() {
        var claims =
                Map.of(
                        "role",
                        "admin",
                        "orgs",
                        List.of(7, 8),
                        "plan",
                        Map.of("name", "pro", "trial", false));
        var token = new TokenMaker(SECRET, clock).make("42", Duration.ofHours(24), claims);

        var expected = new HashMap<String, Object>(claims);
        expected.put("iat", (int) NOW);
        assertThat(authenticate(token)).isEqualTo(accepted("42", expected, (NOW + 86_400) * 1000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "HS384", "HS512"})
    void acceptsEveryHmac(String algorithm) {
        var token = sign(JWSAlgorithm.parse(algorithm), SECRET, "{\"sub\":\"42\"}");

        assertThat(authenticate(token)).isEqualTo(accepted("42", Map.of(), Identity.NEVER));
    }

    /** Made with the algorithm by its book: what Nimbus makes of a padded secret is the same. */
    @Test
    void acceptsAShortSecret() {
        var token =
                "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
                        + "eyJzdWIiOiI0MiJ9."
                        + HmacByTheBook.sign(
                                "short", "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiJ9");

        assertThat(authenticate(authenticator(new Secret("short")), token))
                .isEqualTo(accepted("42", Map.of(), Identity.NEVER));
    }

    @Test
    void holdsUntilTheMillisecondOfItsExpiry() {
        var token = sign("{\"sub\":\"42\",\"exp\":" + NOW + "}");

        clock.set(NOW * 1000 - 1);
        assertThat(authenticate(token)).isEqualTo(accepted("42", Map.of(), NOW * 1000));
        clock.set(NOW * 1000);
        assertThat(authenticate(token)).isEqualTo(new Expired());
    }

    @Test
    void takesExpiryWithAFraction() {
        var token = sign("{\"exp\":" + NOW + ".250}");

        clock.set(NOW * 1000 + 249);
        assertThat(authenticate(token)).isInstanceOf(Accepted.class);
        clock.set(NOW * 1000 + 250);
        assertThat(authenticate(token)).isEqualTo(new Expired());
    }

    @Test
    void tellsATokenBeforeItsTimeLikeOneAfterIt() {
        var token = sign("{\"nbf\":" + (NOW + 1) + "}");

        assertThat(authenticate(token)).isEqualTo(new Expired());
        clock.set((NOW + 1) * 1000);
        assertThat(authenticate(token)).isInstanceOf(Accepted.class);
    }

    @ParameterizedTest
    @CsvSource({
        "1e300, true",
        "99999999999999999999, true",
        "-1, false",
        "0, false",
        "-1e300, false"
    })
    void copesWithAnyNumberAsExpiry(String expiry, boolean holds) {
        assertThat(authenticate(sign("{\"exp\":" + expiry + "}")) instanceof Accepted)
                .isEqualTo(holds);
    }

    @Test
    void takesANumberAsUser() {
        assertThat(user("{\"sub\":42}")).isEqualTo("42");
        assertThat(user("{\"sub\":123456789012345678901234567890}"))
                .isEqualTo("123456789012345678901234567890");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"sub\":null}", "{\"sub\":\"\"}"})
    void isAnonymousWithoutUser(String claims) {
        assertThat(user(claims)).isEmpty();
    }

    @Test
    void dropsNullsAndKeepsTheRestAsJdkValues() {
        var token = sign("{\"a\":null,\"b\":[1,null,\"x\",{\"c\":null,\"d\":true}],\"e\":1.5}");

        assertThat(((Accepted) authenticate(token)).identity().claims())
                .isEqualTo(
                        Map.of(
                                "b",
                                List.of(1, "x", Map.of("d", true)),
                                "e",
                                new BigDecimal("1.5")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":true}",
                "{\"sub\":[\"42\"]}",
                "{\"sub\":{\"id\":42}}",
                "{\"exp\":\"1700000000\"}",
                "{\"nbf\":true}",
                "{\"sub\":\"42\",\"sub\":\"43\"}",
                "[]",
                "\"42\"",
                "{\"sub\":\"42\"} {}",
                "{\"exp\":1e99999999999999}",
                "{",
                ""
            })
    void refusesClaimsThatMeanNothing(String claims) {
        assertThat(authenticate(sign(claims))).isInstanceOf(Invalid.class);
        assertThat(authenticator.remembered()).isZero();
    }

    @Test
    void refusesAnotherSecret() {
        var token =
                sign(
                        JWSAlgorithm.HS256,
                        new Secret("another secret, long enough for it"),
                        "{\"sub\":\"42\"}");

        assertThat(why(token)).isEqualTo("a wrong signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "HS1", "RS256", "ES256", "EdDSA", "dir", ""})
    void refusesAnAlgorithmWithoutKey(String algorithm) {
        var header = base64("{\"alg\":\"" + algorithm + "\"}");
        var claims = base64("{\"sub\":\"42\"}");
        var inline = TokenRules.of(SECRET).authenticator(clock, Runnable::run, CAPACITY);

        assertThat(authenticate(inline, header + "." + claims + ".")).isInstanceOf(Invalid.class);
        assertThat(authenticate(inline, header + "." + claims + ".c2lnbmF0dXJl"))
                .isInstanceOf(Invalid.class);
    }

    @Test
    void refusesAnHmacThatIsNotConfigured() {
        var terms = new TokenTerms(Set.of("HS512"), null, null, TokenTerms.SUBJECT);
        var strict =
                new TokenRules(TrustedKeys.of(SECRET), terms)
                        .authenticator(clock, NEVER_USED, CAPACITY);

        assertThat(authenticate(strict, sign("{\"sub\":\"42\"}"))).isInstanceOf(Invalid.class);
    }

    @Test
    void refusesExtensionsItDoesNotKnow() {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).criticalParams(Set.of("b64"));

        assertThat(
                        authenticate(
                                sign(
                                        header.base64URLEncodePayload(true).build(),
                                        SECRET,
                                        "{\"sub\":\"42\"}")))
                .isInstanceOf(Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "...",
                "a.b.c",
                "x",
                "e30.e30.e30",
                "bnVsbA.e30.e30",
                "é.é.é",
                "\0.\0.\0",
                " "
            })
    void refusesWhatIsNoToken(String text) {
        assertThat(authenticate(text)).isInstanceOf(Invalid.class);
    }

    @Test
    void checksSlowSignaturesOnTheExecutor() throws Exception {
        var key = new ECKeyGenerator(Curve.P_256).generate();
        var keys = new TrustedKeys(null, null, List.of(key.toPublicKey()), null, false);
        var later = new LinkedBlockingQueue<Runnable>();
        var elliptic =
                new TokenRules(keys, TokenTerms.USUAL).authenticator(clock, later::add, CAPACITY);
        var jws = new JWSObject(new JWSHeader(JWSAlgorithm.ES256), new Payload("{\"sub\":\"42\"}"));
        jws.sign(new ECDSASigner(key));

        var answer = elliptic.authenticate(jws.serialize()).toCompletableFuture();
        assertThat(answer).isNotDone();
        later.remove().run();
        assertThat(answer).isCompletedWithValue(accepted("42", Map.of(), Identity.NEVER));

        assertThat(authenticate(elliptic, jws.serialize())).isInstanceOf(Accepted.class);
        assertThat(later).isEmpty();
    }

    private JwtAuthenticator authenticator(Secret secret) {
        return TokenRules.of(secret).authenticator(clock, NEVER_USED, CAPACITY);
    }

    private Authentication authenticate(String token) {
        return authenticate(authenticator, token);
    }

    private static Authentication authenticate(JwtAuthenticator authenticator, String token) {
        return authenticator.authenticate(token).toCompletableFuture().join();
    }

    private String user(String claims) {
        return ((Accepted) authenticate(sign(claims))).identity().user();
    }

    private String why(String token) {
        return ((Invalid) authenticate(token)).why();
    }

    private static Accepted accepted(String user, Map<String, Object> claims, long expiresAt) {
        return new Accepted(new Identity(user, claims, expiresAt));
    }
}
