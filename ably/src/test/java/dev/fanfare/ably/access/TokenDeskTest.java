package dev.fanfare.ably.access;

import static dev.fanfare.ably.access.Fixtures.FULL;
import static dev.fanfare.ably.access.Fixtures.NEWS;
import static dev.fanfare.ably.access.Fixtures.REVOCABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenDeskTest {
    private static final String NONCE = "sixteen-letters!";

    private final Fixtures here = new Fixtures();

    @Test
    void aSignedRequestGetsAToken() throws Denied {
        var issued = here.desk.requestToken(NEWS.name(), request(NEWS, Map.of()), null);

        assertThat(issued)
                .containsEntry("keyName", "app001.news")
                .containsEntry("issued", here.now.get())
                .containsEntry("expires", here.now.get() + 3_600_000)
                .containsEntry("capability", "{\"news:*\":[\"subscribe\"]}")
                .doesNotContainKey("clientId");
        assertThat((String) issued.get("token")).startsWith("app001.").isNotEqualTo("app001.");
        var access = access(issued);
        assertThat(access.capability()).isEqualTo(NEWS.capability());
        assertThat(access.clientId()).isNull();
        assertThat(access.term().expiresAt()).isEqualTo(here.now.get() + 3_600_000);
    }

    @Test
    void aTokenSaysWhatWasAskedFor() throws Denied {
        var issued =
                here.desk.requestToken(
                        FULL.name(),
                        request(
                                FULL,
                                Map.of(
                                        "ttl", "500",
                                        "clientId", "peter",
                                        "capability",
                                                "{ \"b\":[\"subscribe\",\"publish\"],"
                                                        + " \"a\" : [\"*\"] }")),
                        null);

        assertThat(issued)
                .containsEntry("expires", here.now.get() + 500)
                .containsEntry("clientId", "peter")
                .containsEntry("capability", "{\"a\":[\"*\"],\"b\":[\"publish\",\"subscribe\"]}");
        assertThat(access(issued).clientId()).isEqualTo("peter");
    }

    @Test
    void numbersAreTakenAsTextAndAsNumbers() throws Denied {
        var signed = request(FULL, Map.of("ttl", "60000"));
        var asNumbers = new HashMap<String, Object>(signed);
        asNumbers.put("ttl", 60_000L);
        asNumbers.put("timestamp", (double) here.now.get());

        assertThat(here.desk.requestToken(FULL.name(), asNumbers, null))
                .containsEntry("expires", here.now.get() + 60_000);
    }

    @Test
    void tokensThatSayTheSameDiffer() throws Denied {
        assertThat(here.token(FULL, Map.of()).text())
                .isNotEqualTo(here.token(FULL, Map.of()).text());
    }

    @Test
    void aTokenOpensNoMoreThanItsKey() throws Denied {
        var wide = Map.of("capability", "{\"*\":[\"*\"]}");

        assertThat(here.desk.requestToken(NEWS.name(), request(NEWS, wide), null))
                .containsEntry("capability", "{\"news:*\":[\"subscribe\"]}");
    }

    @Test
    void nothingThatTheKeyAllowsIsRefused() {
        assertRefused(request(NEWS, Map.of("capability", "{\"chat\":[\"*\"]}")), NEWS, 40160, 401);
    }

    @Test
    void whoHasTheKeyNeedsNoSignature() throws Denied {
        assertThat(here.desk.requestToken(FULL.name(), Map.of(), here.bearer(FULL)))
                .containsEntry("keyName", FULL.name());
    }

    @Test
    void anotherKeyOrATokenIsNoSignature() throws Denied {
        var token = here.accepted(here.token(FULL, Map.of()), null);

        assertRefused(Map.of(), FULL, null, 40101);
        assertRefused(Map.of(), FULL, here.bearer(NEWS), 40101);
        assertRefused(Map.of(), FULL, token, 40101);
    }

    @Test
    void aWrongSignatureIsRefusedWhoeverBringsIt() {
        var forged = new HashMap<String, Object>(request(FULL, Map.of("clientId", "peter")));
        forged.put("clientId", "paul");

        assertRefused(forged, FULL, null, 40101);
        assertRefused(forged, FULL, here.bearer(FULL), 40101);
        assertRefused(request(NEWS, Map.of("keyName", FULL.name())), FULL, null, 40101);
    }

    @Test
    void theKeyOfTheRequestIsTheOneAskedFor() {
        assertRefused(request(FULL, Map.of()), NEWS, null, 40000);
    }

    @ParameterizedTest
    @CsvSource({"app001.other, 40131", "app002.full, 40400", "app002, 40400"})
    void anUnknownKeyIsRefused(String name, int code) {
        var denied =
                catchThrowableOfType(
                        Denied.class, () -> here.desk.requestToken(name, Map.of(), null));

        assertThat(denied.error().code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(longs = {-120_000, 0, 120_000})
    void clocksMayBeTwoMinutesApart(long difference) throws Denied {
        var timestamp = Map.of("timestamp", String.valueOf(here.now.get() + difference));

        assertThat(here.desk.requestToken(FULL.name(), request(FULL, timestamp), null)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {-120_001, 120_001})
    void clocksMayNotBeFurtherApart(long difference) {
        var timestamp = Map.of("timestamp", String.valueOf(here.now.get() + difference));

        assertRefused(request(FULL, timestamp), FULL, 40104, 401);
    }

    @Test
    void aRequestIsGoodOnce() throws Denied {
        var late = Map.of("timestamp", String.valueOf(here.now.get() + 120_000));
        var request = request(FULL, late);

        here.desk.requestToken(FULL.name(), request, null);
        assertRefused(request, FULL, 40105, 401);
        here.now.addAndGet(240_000);
        assertRefused(request, FULL, 40105, 401);
        here.now.addAndGet(1);
        assertRefused(request, FULL, 40104, 401);
    }

    @Test
    void anotherKeysNonceIsAnotherOne() throws Denied {
        here.desk.requestToken(FULL.name(), request(FULL, Map.of()), null);

        assertThat(here.desk.requestToken(NEWS.name(), request(NEWS, Map.of()), null)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fifteen-letters"})
    void aNonceHasSixteenCharacters(String nonce) {
        assertRefused(request(FULL, Map.of("nonce", nonce)), FULL, 40105, 401);
    }

    @ParameterizedTest
    @CsvSource({
        "ttl, -1, 40003",
        "ttl, 86400001, 40003",
        "ttl, soon, 40000",
        "ttl, 1.5, 40000",
        "timestamp, now, 40000",
        "timestamp, '', 40000",
        "capability, no JSON, 40000",
        "capability, [], 40000",
        "capability, '{}', 40000",
        "capability, '{\"a\":[]}', 40000",
        "capability, '{\"a\":[\"write\"]}', 40000",
        "capability, '{\"a\":[\"*\",\"publish\"]}', 40000"
    })
    void refusesWhatSaysNothing(String member, String value, int code) {
        assertRefused(request(FULL, Map.of(member, value)), FULL, code, 400);
    }

    @Test
    void refusesWhatIsNeitherTextNorWholeNumber() {
        assertRefused(Map.of("ttl", 1.5), FULL, here.bearer(FULL), 40000);
        assertRefused(Map.of("clientId", true), FULL, here.bearer(FULL), 40000);
    }

    @Test
    void tokensLiveAsLongAsIsConfigured() throws Denied {
        var terms = new TokenTerms(Duration.ofHours(2), Duration.ofHours(3));
        var desk = new TokenDesk(here.keys, terms, here.clock, () -> "u");

        assertThat(desk.requestToken(FULL.name(), Map.of(), here.bearer(FULL)))
                .containsEntry("expires", here.now.get() + 7_200_000);
        assertThat(desk.requestToken(REVOCABLE.name(), Map.of(), here.bearer(REVOCABLE)))
                .containsEntry("expires", here.now.get() + 3_600_000);
        var denied =
                catchThrowableOfType(
                        Denied.class,
                        () ->
                                desk.requestToken(
                                        FULL.name(),
                                        Map.of("ttl", 10_800_001L),
                                        here.bearer(FULL)));
        assertThat(denied).hasMessage("ttl: 10800001 (expected: 1 to 10800000)");
    }

    @Test
    void tokensThatCanBeRevokedLiveAnHourAtMost() {
        assertRefused(Map.of("ttl", 3_600_001L), REVOCABLE, here.bearer(REVOCABLE), 40003);
    }

    private Map<String, Object> request(AppKey key, Map<String, String> members) {
        var request =
                new TokenRequest(
                        members.getOrDefault("keyName", key.name()),
                        members.get("ttl"),
                        members.get("capability"),
                        members.get("clientId"),
                        members.getOrDefault("timestamp", String.valueOf(here.now.get())),
                        members.getOrDefault("nonce", NONCE),
                        null);
        return Map.copyOf(request.signed(key).tree());
    }

    private Access access(Map<String, Object> issued) {
        return here.accepted(new Credentials.Token((String) issued.get("token")), null);
    }

    private void assertRefused(Map<String, ?> request, AppKey key, int code, int status) {
        var error = refusal(request, key, null).error();
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.status()).isEqualTo(status);
    }

    private void assertRefused(
            Map<String, ?> request, AppKey key, @Nullable Access bearer, int code) {
        assertThat(refusal(request, key, bearer).error().code()).isEqualTo(code);
    }

    private Denied refusal(Map<String, ?> request, AppKey key, @Nullable Access bearer) {
        return catchThrowableOfType(
                Denied.class, () -> here.desk.requestToken(key.name(), request, bearer));
    }
}
