package dev.fanfare.ably.access;

import static dev.fanfare.ably.access.Fixtures.FULL;
import static dev.fanfare.ably.access.Fixtures.NEWS;
import static dev.fanfare.ably.access.Fixtures.REVOCABLE;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {
    private static final String ANOTHER_SECRET = "somebody else's secret, and long enough for all";

    private final Fixtures here = new Fixtures();

    @Test
    void aKeyOpensAllThatItAllowsToWhomeverOneWantsToBe() {
        var access = here.bearer(NEWS);

        assertThat(access.app()).isEqualTo("app001");
        assertThat(access.keyName()).isEqualTo("app001.news");
        assertThat(access.byKey()).isTrue();
        assertThat(access.clientId()).isEqualTo(Access.ANY);
        assertThat(access.capability()).isEqualTo(NEWS.capability());
        assertThat(access.term()).isEqualTo(Access.Term.ENDLESS);
        assertThat(here.accepted(key(NEWS), "peter").clientId()).isEqualTo("peter");
        assertThat(here.accepted(key(NEWS), "").clientId()).isEqualTo(Access.ANY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app001.full:wrong",
                "app001.full:",
                "app001.full",
                "app001.other:a-short-secret",
                "app002.full:a-short-secret",
                "this.is:wrong",
                "invalid",
                ":",
                ""
            })
    void everyOtherKeyIsRefused(String key) {
        assertThat(here.refusal(new Credentials.Key(key), null)).isEqualTo(40101);
    }

    @Test
    void whoShowsNothingIsRefused() {
        assertThat(here.refusal(new Credentials.None(), null)).isEqualTo(40101);
    }

    @ParameterizedTest
    @CsvSource({
        "x, , x",
        "x, x, x",
        "x, y, 40102",
        "x, *, 40102",
        " , , ",
        " , x, 40102",
        "*, x, x",
        "*, , *",
        "*, *, *"
    })
    void aTokenSaysAsWhomItsBearerActs(String inToken, String wanted, String result)
            throws Exception {
        var claims = new HashMap<String, Object>();
        if (inToken != null) {
            claims.put("x-ably-clientId", inToken);
        }
        var jwt = jwt(FULL.name(), FULL.secret(), 60, claims);

        assertThat(
                        switch (here.judge.judge(jwt, wanted)) {
                            case Verdict.Accepted(var access) -> access.clientId();
                            case Verdict.Refused(var error) -> String.valueOf(error.code());
                        })
                .isEqualTo(result);
    }

    @Test
    void aJwtOpensWhatItsKeyAllowsWhereItSaysNothing() throws Exception {
        var access = here.accepted(jwt(NEWS.name(), NEWS.secret(), 60, Map.of()), null);

        assertThat(access.capability()).isEqualTo(NEWS.capability());
        assertThat(access.byKey()).isFalse();
        assertThat(access.clientId()).isNull();
        assertThat(access.term().expiresAt()).isEqualTo(here.now.get() + 60_000);
    }

    @Test
    void aJwtOpensNoMoreThanItsKeyAllows() throws Exception {
        var claims = Map.<String, Object>of("x-ably-capability", "{\"*\":[\"*\"]}");
        var access = here.accepted(jwt(NEWS.name(), NEWS.secret(), 60, claims), null);

        assertThat(access.capability().text()).isEqualTo("{\"news:*\":[\"subscribe\"]}");
    }

    @Test
    void aJwtForNothingThatItsKeyAllowsIsRefused() throws Exception {
        var claims = Map.<String, Object>of("x-ably-capability", "{\"chat\":[\"*\"]}");

        assertThat(here.refusal(jwt(NEWS.name(), NEWS.secret(), 60, claims), null))
                .isEqualTo(40160);
    }

    @ParameterizedTest
    @CsvSource({
        "invalid.invalid, 40400",
        "invalid, 40400",
        "app001.other, 40131",
        "app001, 40131",
        "app001.full, 40144"
    })
    void aJwtOfAnotherKeyIsRefused(String kid, int code) throws Exception {
        assertThat(here.refusal(jwt(kid, ANOTHER_SECRET, 60, Map.of()), null)).isEqualTo(code);
    }

    @Test
    void aTokenIsGoodToTheLastMillisecondAndNoLonger() throws Exception {
        var jwt = jwt(FULL.name(), FULL.secret(), 60, Map.of());
        var own = here.token(FULL, Map.of("ttl", 200L));

        here.now.addAndGet(199);
        assertThat(here.accepted(own, null).byKey()).isFalse();
        here.now.addAndGet(1);
        assertThat(here.refusal(own, null)).isEqualTo(40142);
        assertThat(here.accepted(jwt, null).byKey()).isFalse();
        here.now.addAndGet(59_799);
        assertThat(here.accepted(jwt, null).byKey()).isFalse();
        here.now.addAndGet(1);
        assertThat(here.refusal(jwt, null)).isEqualTo(40142);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat"})
    void aJwtSaysWhenItWasMadeAndWhenItEnds(String claim) throws Exception {
        var claims = new HashMap<String, Object>();
        claims.put(claim, null);

        assertThat(here.refusal(jwt(FULL.name(), FULL.secret(), 60, claims), null))
                .isEqualTo(40144);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    x-ably-capability | no JSON
                    x-ably-capability | {}
                    x-ably-capability | {"a":["write"]}
                    x-ably-clientId   | ''
                    """)
    void aJwtWithClaimsThatSayNothingIsRefused(String claim, String value) throws Exception {
        var jwt = jwt(FULL.name(), FULL.secret(), 60, Map.of(claim, value));

        assertThat(here.refusal(jwt, null)).isEqualTo(40144);
    }

    @Test
    void aJwtWithoutSignatureIsRefused() {
        var plain =
                new PlainJWT(
                        new JWTClaimsSet.Builder()
                                .issueTime(Date.from(here.clock.instant()))
                                .expirationTime(Date.from(here.clock.instant().plusSeconds(60)))
                                .build());

        assertThat(here.refusal(new Credentials.Token(plain.serialize()), null)).isEqualTo(40144);
    }

    @Test
    void aJwtSignedInAnotherWayIsRefused() throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS512).keyID(FULL.name()).build();
        var jwt = new SignedJWT(header, claims(60, Map.of()));
        jwt.sign(new MACSigner(java.util.Arrays.copyOf(FULL.hmacKey(), 64)));

        assertThat(here.refusal(new Credentials.Token(jwt.serialize()), null)).isEqualTo(40144);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fake", "fake:token", "app001.", "app001.e30", ".", "x.y.z.a"})
    void everyOtherTextIsRefused(String token) {
        assertThat(here.refusal(new Credentials.Token(token), null)).isEqualTo(40143);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b.c", "..", "a.b.c.d.e"})
    void whatOnlyLooksLikeAJwtIsRefused(String token) {
        assertThat(here.refusal(new Credentials.Token(token), null)).isEqualTo(40144);
    }

    @Test
    void aTokenOfOursThatSomebodyHasChangedIsRefused() throws Exception {
        var good = here.token(FULL, Map.of()).text();
        int last = good.length() - 10;
        var changed =
                good.substring(0, last)
                        + (good.charAt(last) == 'A' ? 'B' : 'A')
                        + good.substring(last + 1);

        assertThat(here.refusal(new Credentials.Token(changed), null)).isEqualTo(40143);
    }

    @Test
    void aTokenOfOursTravelsInAJwtOfSomebodyElse() throws Exception {
        var own = here.token(NEWS, Map.of("clientId", "peter")).text();
        var inClaims = jwt("who.knows", ANOTHER_SECRET, 60, Map.of("x-ably-token", own));
        var header =
                new JWSHeader.Builder(JWSAlgorithm.HS256).customParam("x-ably-token", own).build();
        var inHeader = new SignedJWT(header, claims(60, Map.of()));
        inHeader.sign(new MACSigner(ANOTHER_SECRET));
        var encrypted =
                new EncryptedJWT(
                        new JWEHeader.Builder(JWEAlgorithm.DIR, EncryptionMethod.A128CBC_HS256)
                                .customParam("x-ably-token", own)
                                .build(),
                        claims(60, Map.of()));
        encrypted.encrypt(new DirectEncrypter(new byte[32]));

        for (var token :
                new Credentials.Token[] {
                    inClaims,
                    new Credentials.Token(inHeader.serialize()),
                    new Credentials.Token(encrypted.serialize())
                }) {
            var access = here.accepted(token, null);
            assertThat(access.clientId()).isEqualTo("peter");
            assertThat(access.keyName()).isEqualTo(NEWS.name());
        }
    }

    @Test
    void aJwtOfAKeyWhoseTokensCanBeRevokedLivesAnHourAtMost() throws Exception {
        var hour = jwt(REVOCABLE.name(), REVOCABLE.secret(), 3600, Map.of());
        var longer = jwt(REVOCABLE.name(), REVOCABLE.secret(), 3601, Map.of());

        assertThat(here.accepted(hour, null).byKey()).isFalse();
        assertThat(here.refusal(longer, null)).isEqualTo(40144);
    }

    @Test
    void nothingShowsSecrets() {
        assertThat(FULL.toString()).doesNotContain(FULL.secret());
        assertThat(key(FULL).toString()).doesNotContain(FULL.secret());
        assertThat(new Credentials.Token("abc").toString()).doesNotContain("abc");
    }

    private static Credentials key(AppKey key) {
        return new Credentials.Key(key.name() + ":" + key.secret());
    }

    /**
     * @param claims beside iat and exp, or instead of them
     */
    private Credentials.Token jwt(
            String kid, String secret, int seconds, Map<String, Object> claims) throws Exception {
        var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(kid).build();
        var jwt = new SignedJWT(header, claims(seconds, claims));
        var key = new AppKey("any", "any", secret, Capability.FULL, false).hmacKey();
        jwt.sign(new MACSigner(key));
        return new Credentials.Token(jwt.serialize());
    }

    private JWTClaimsSet claims(int seconds, Map<String, Object> claims) {
        Instant now = here.clock.instant();
        var set =
                new JWTClaimsSet.Builder()
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plusSeconds(seconds)));
        claims.forEach(set::claim);
        return set.build();
    }
}
