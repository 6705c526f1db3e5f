package dev.fanfare.server.access;

import static dev.fanfare.server.access.SignedTokens.sign;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Authentication.Accepted;
import dev.fanfare.core.access.Authentication.Invalid;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that somebody else publishes, changes, and sometimes does not deliver. */
class PublishedKeysTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final String CLAIMS = "{\"sub\":\"42\"}";

    private final ManualClock clock = new ManualClock();
    private final JwksServer server = new JwksServer();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final Signer signer = Signer.of("ES256", "a");
    private final JwtAuthenticator judge = judge(TIMEOUT);

    @AfterEach
    void stop() {
        server.close();
        workers.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RS256", "RS384", "RS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519", "Ed448"
            })
    void acceptsEveryAlgorithm(String algorithm) {
        var one = Signer.of(algorithm);
        server.publish(Signer.of(algorithm, "b").jwk(), one.jwk());

        assertThat(user(one.token(CLAIMS))).isEqualTo("42");
        assertThat(user(one.nameless(CLAIMS))).isEqualTo("42");
    }

    @Test
    void fetchesOnceForMany() {
        server.publish(signer.jwk());
        for (int user = 0; user < 20; user++) {
            user(signer.token("{\"sub\":\"" + user + "\"}"));
        }

        assertThat(server.requests()).isOne();
    }

    @Test
    void fetchesOnceForManyAtOnce() {
        server.publish(signer.jwk());
        var gate = server.hold();
        var answers =
                IntStream.range(0, 20)
                        .mapToObj(user -> judge.authenticate(signer.token("{\"n\":" + user + "}")))
                        .map(stage -> stage.toCompletableFuture())
                        .toList();
        gate.countDown();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Accepted.class));
        assertThat(server.requests()).isOne();
    }

    @Test
    void findsAKeyThatCameWithARotation() {
        var next = Signer.of("ES256", "b");
        server.publish(signer.jwk());
        user(signer.token(CLAIMS));

        server.publish(next.jwk());
        pass(PAUSE);
        assertThat(user(next.token(CLAIMS))).isEqualTo("42");
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void pausesBetweenTwoFetchesWhateverTokensSay() {
        server.publish(signer.jwk());
        user(signer.token(CLAIMS));

        for (int i = 0; i < 20; i++) {
            assertThat(why(Signer.of("ES256", "unknown" + i).token(CLAIMS))).contains("no key for");
        }
        assertThat(server.requests()).isOne();
        pass(PAUSE);
        for (int i = 0; i < 20; i++) {
            why(Signer.of("ES256", "unknown" + i).token(CLAIMS));
        }
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void forgetsAKeyThatIsWithdrawnAndWhatItSigned() {
        var token = signer.token(CLAIMS);
        server.publish(signer.jwk());
        user(token);

        server.publish(Signer.of("ES256", "b").jwk());
        pass(MAX_AGE.minusMillis(1));
        assertThat(user(token)).isEqualTo("42");
        pass(Duration.ofMillis(1));
        assertThat(why(token)).contains("no key for");
        assertThat(judge.remembered()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "500, {}",
        "200, nothing",
        "200, {}",
        "200, '{\"keys\":1}'",
        "404, '{\"keys\":[]}'"
    })
    void keepsGoodKeysWhileTheyCannotBeFetched(int status, String body) {
        server.publish(signer.jwk());
        user(signer.token(CLAIMS));

        server.say(status, body);
        pass(MAX_AGE.multipliedBy(3));
        for (int user = 0; user < 20; user++) {
            user(signer.token("{\"sub\":\"" + user + "\"}"));
        }
        assertThat(server.requests()).isEqualTo(2);
    }

    @Test
    void cannotDecideWithoutKeysAndRecoversWhenTheyAreThere() {
        server.say(503, "");

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> authenticate(judge, signer.token(CLAIMS)))
                    .hasMessageContaining("status 503");
        }
        assertThat(server.requests()).isOne();
        server.publish(signer.jwk());
        pass(PAUSE);
        assertThat(user(signer.token(CLAIMS))).isEqualTo("42");
    }

    @Test
    void cannotDecideWhereNobodyListens() {
        server.close();

        assertThatThrownBy(() -> authenticate(judge, signer.token(CLAIMS)))
                .hasMessageContaining("no connection");
    }

    @Test
    void givesUpOnASlowAnswerAndBlocksNobody() throws Exception {
        server.publish(signer.jwk());
        var hasty = judge(SHORT);
        server.hold();

        var waiting =
                IntStream.range(0, 20)
                        .mapToObj(user -> hasty.authenticate(signer.token("{\"n\":" + user + "}")))
                        .map(stage -> stage.toCompletableFuture())
                        .toList();
        var worker = CompletableFuture.runAsync(() -> {}, workers);

        assertThat(worker.get(5, TimeUnit.SECONDS)).isNull();
        assertThat(waiting)
                .allSatisfy(
                        answer ->
                                assertThatThrownBy(() -> answer.get(5, TimeUnit.SECONDS))
                                        .isNotInstanceOf(TimeoutException.class)
                                        .hasMessageContaining("no answer within 200 ms"));
        assertThat(server.requests()).isOne();
    }

    @Test
    void refusesADocumentThatIsTooLarge() {
        server.say(200, "{\"keys\":[" + " ".repeat(WebDocuments.MAX_SIZE) + "]}");

        assertThatThrownBy(() -> authenticate(judge, signer.token(CLAIMS)))
                .hasMessageContaining("body exceeds");
    }

    @Test
    void leavesOutKeysItDoesNotUnderstand() {
        var broken = "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\",\"kid\":\"b\"}";
        var odd =
                "{\"kty\":\"new\",\"kid\":\"c\"}, 1,"
                        + " {\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQ\"}";
        server.say(
                200, "{\"keys\":[" + broken + "," + odd + "," + signer.jwk().toJSONString() + "]}");

        assertThat(user(signer.token(CLAIMS))).isEqualTo("42");
    }

    @Test
    void leavesOutKeysForOtherThings() {
        var encryption =
                new ECKey.Builder(signer.jwk().toECKey()).keyUse(KeyUse.ENCRYPTION).build();
        server.publish(encryption);

        assertThat(why(signer.token(CLAIMS))).contains("no key for");
    }

    @Test
    void holdsAKeyToItsAlgorithm() {
        var rsa = Signer.of("RS256");
        var bound = new RSAKey.Builder(rsa.jwk().toRSAKey()).algorithm(JWSAlgorithm.RS512).build();
        server.publish(bound);

        assertThat(why(rsa.token(CLAIMS))).contains("no key for");
        assertThat(user(rsa.with("RS512").token(CLAIMS))).isEqualTo("42");
    }

    @Test
    void neverTakesAPublishedKeyForASecret() {
        var published = "a secret of at least thirty-two bytes";
        var octets = new OctetSequenceKey.Builder(published.getBytes(UTF_8)).keyID("a").build();
        server.publish(octets);

        assertThat(why(sign(JWSAlgorithm.HS256, new Secret(published), CLAIMS)))
                .contains("no key for");
        assertThat(server.requests()).isZero();
    }

    @Test
    void asksNobodyAboutATokenOfAKeyAtHand() {
        var own = Signer.of("ES256", "own");
        var rules =
                new TokenRules(
                        new TrustedKeys(
                                null,
                                null,
                                List.of(own.pair().getPublic()),
                                jwks(server.url(), TIMEOUT),
                                false),
                        TokenTerms.USUAL);
        var both = rules.authenticator(clock, workers, 10);
        server.publish(signer.jwk());

        assertThat(authenticate(both, own.token(CLAIMS))).isInstanceOf(Accepted.class);
        assertThat(server.requests()).isZero();
        assertThat(authenticate(both, signer.token(CLAIMS))).isInstanceOf(Accepted.class);
        assertThat(authenticate(both, Signer.of("ES256", "own").token(CLAIMS)))
                .isEqualTo(new Invalid("a wrong signature"));
    }

    private void pass(Duration time) {
        clock.set(clock.millis() + time.toMillis());
    }

    private JwtAuthenticator judge(Duration timeout) {
        var keys = new TrustedKeys(null, null, List.of(), jwks(server.url(), timeout), false);
        return new TokenRules(keys, TokenTerms.USUAL).authenticator(clock, workers, 100);
    }

    private static Jwks jwks(String url, Duration timeout) {
        return new Jwks(new JwksUrl(url), timeout, MAX_AGE, PAUSE);
    }

    private String user(String token) {
        return ((Accepted) authenticate(judge, token)).identity().user();
    }

    private String why(String token) {
        return ((Invalid) authenticate(judge, token)).why();
    }

    private static Authentication authenticate(JwtAuthenticator judge, String token) {
        return judge.authenticate(token).toCompletableFuture().join();
    }
}
