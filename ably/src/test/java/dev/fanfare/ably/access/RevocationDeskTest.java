package dev.fanfare.ably.access;

import static dev.fanfare.ably.access.Fixtures.FULL;
import static dev.fanfare.ably.access.Fixtures.REVOCABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RevocationDeskTest {
    private final Fixtures here = new Fixtures();
    private final RevocationDesk desk = new RevocationDesk(here.keys, here.revocations, here.clock);

    @Test
    void tokensOfAClientEnd() throws Denied {
        var peter = here.token(REVOCABLE, Map.of("clientId", "peter"));
        var paul = here.token(REVOCABLE, Map.of("clientId", "paul"));
        here.now.addAndGet(1);

        assertThat(revoke(Map.of("targets", List.of("clientId:peter"))))
                .isEqualTo(
                        Map.of(
                                "successCount",
                                1,
                                "failureCount",
                                0,
                                "results",
                                List.of(
                                        Map.of(
                                                "target", "clientId:peter",
                                                "issuedBefore", here.now.get(),
                                                "appliesAt", here.now.get()))));
        assertThat(here.refusal(peter, null)).isEqualTo(40141);
        assertThat(here.accepted(paul, null).clientId()).isEqualTo("paul");
    }

    @Test
    void tokensThatAreIssuedLaterAreGood() throws Denied {
        revoke(Map.of("targets", List.of("clientId:peter")));
        var later = here.token(REVOCABLE, Map.of("clientId", "peter"));

        assertThat(here.accepted(later, null).clientId()).isEqualTo("peter");
    }

    @Test
    void onlyTokensThatWereIssuedBeforeEnd() throws Denied {
        var first = here.token(REVOCABLE, Map.of("clientId", "peter"));
        here.now.addAndGet(1_000);
        var second = here.token(REVOCABLE, Map.of("clientId", "peter"));
        here.now.addAndGet(1_000);
        revoke(
                Map.of(
                        "targets",
                        List.of("clientId:peter"),
                        "issuedBefore",
                        here.now.get() - 1_000));

        assertThat(here.refusal(first, null)).isEqualTo(40141);
        assertThat(here.accepted(second, null).clientId()).isEqualTo("peter");
    }

    @Test
    void aMarginLetsClientsComeWithAnotherToken() throws Denied {
        var token = here.token(REVOCABLE, Map.of("clientId", "peter"));
        here.now.addAndGet(1);
        revoke(Map.of("targets", List.of("clientId:peter"), "allowReauthMargin", true));

        here.now.addAndGet(29_999);
        assertThat(here.accepted(token, null).clientId()).isEqualTo("peter");
        here.now.addAndGet(1);
        assertThat(here.refusal(token, null)).isEqualTo(40141);
    }

    @Test
    void aMarginBringsNobodyBack() throws Denied {
        var token = here.token(REVOCABLE, Map.of("clientId", "peter"));
        here.now.addAndGet(1);
        revoke(Map.of("targets", List.of("clientId:peter")));
        here.now.addAndGet(1);
        revoke(Map.of("targets", List.of("clientId:peter"), "allowReauthMargin", true));

        assertThat(here.refusal(token, null)).isEqualTo(40141);
    }

    @Test
    void tokensForAChannelEnd() throws Denied {
        var one = here.token(REVOCABLE, Map.of("capability", "{\"chat:*\":[\"*\"]}"));
        var other = here.token(REVOCABLE, Map.of("capability", "{\"chat:1\":[\"*\"]}"));
        here.now.addAndGet(1);
        revoke(Map.of("targets", List.of("channel:chat:*")));

        assertThat(here.refusal(one, null)).isEqualTo(40141);
        assertThat(here.accepted(other, null).capability().resources()).containsExactly("chat:1");
    }

    @Test
    void tokensWithARevocationKeyEnd() throws Exception {
        var token = jwt("group");
        here.now.addAndGet(1_000);
        revoke(Map.of("targets", List.of("revocationKey:group")));

        assertThat(here.refusal(token, null)).isEqualTo(40141);
        assertThat(here.accepted(jwt("group"), null).byKey()).isFalse();
    }

    private Credentials.Token jwt(String revocationKey) throws Exception {
        var jwt =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(REVOCABLE.name()).build(),
                        new JWTClaimsSet.Builder()
                                .issueTime(Date.from(here.clock.instant()))
                                .expirationTime(Date.from(here.clock.instant().plusSeconds(60)))
                                .claim("x-ably-revocation-key", revocationKey)
                                .build());
        jwt.sign(new MACSigner(REVOCABLE.hmacKey()));
        return new Credentials.Token(jwt.serialize());
    }

    @Test
    void theyAreForgottenWhenNoTokenCanBeLeft() throws Denied {
        revoke(Map.of("targets", List.of("clientId:peter")));
        revoke(Map.of("targets", List.of("clientId:peter")));
        assertThat(here.revocations.size()).isEqualTo(1);
        here.now.addAndGet(3_660_000);
        revoke(Map.of("targets", List.of("clientId:paul")));

        assertThat(here.revocations.size()).isEqualTo(1);
    }

    @Test
    void itIsKnownWhenATokenEnds() throws Denied {
        var access = here.accepted(here.token(REVOCABLE, Map.of("clientId", "peter")), null);
        var anothers = here.accepted(here.token(FULL, Map.of("clientId", "peter")), null);
        here.now.addAndGet(1);
        revoke(Map.of("targets", List.of("clientId:peter"), "allowReauthMargin", true));

        assertThat(here.revocations.end(access)).isEqualTo(here.now.get() + 30_000);
        assertThat(here.revocations.end(anothers)).isEqualTo(Long.MAX_VALUE);
        assertThat(here.revocations.end(here.bearer(REVOCABLE))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theAnswerComesWhenEverybodyKnows() throws Denied {
        var told = new CompletableFuture<Void>();
        var everywhere = new RevocationDesk(here.keys, revocations -> told, here.clock);
        var answer =
                everywhere
                        .revokeTokens(
                                REVOCABLE.name(),
                                Map.of("targets", List.of("clientId:peter")),
                                here.bearer(REVOCABLE))
                        .toCompletableFuture();

        assertThat(answer).isNotDone();
        told.complete(null);
        assertThat(answer).isCompleted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"peter", "client:peter", ""})
    void aBadTargetFailsForItself(String target) throws Denied {
        var result = revoke(Map.of("targets", List.of(target, "clientId:peter")));

        assertThat(result).containsEntry("successCount", 1).containsEntry("failureCount", 1);
        assertThat(result.get("results").toString())
                .contains("code=40000")
                .contains("target=" + target);
    }

    @Test
    void onlyWhoHasTheKeyRevokes() throws Denied {
        var request = Map.of("targets", List.of("clientId:peter"));
        var token = here.accepted(here.token(REVOCABLE, Map.of()), null);

        assertThat(refusal(request, REVOCABLE, token)).isEqualTo(40162);
        assertThat(refusal(request, REVOCABLE, here.bearer(FULL))).isEqualTo(40162);
        assertThat(refusal(request, REVOCABLE, null)).isEqualTo(40162);
    }

    @Test
    void onlySomeKeysHaveTokensThatCanBeRevoked() {
        var request = Map.of("targets", List.of("clientId:peter"));

        assertThat(refusal(request, FULL, here.bearer(FULL))).isEqualTo(40000);
    }

    @Test
    void refusesWhatSaysNothing() {
        var tooMany = Collections.nCopies(101, "clientId:peter");

        for (Map<String, ?> request :
                List.<Map<String, ?>>of(
                        Map.of(),
                        Map.of("targets", List.of()),
                        Map.of("targets", "clientId:peter"),
                        Map.of("targets", tooMany),
                        Map.of(
                                "targets",
                                List.of("clientId:peter"),
                                "issuedBefore",
                                here.now.get() + 1),
                        Map.of("targets", List.of("clientId:peter"), "issuedBefore", "now"))) {
            assertThat(refusal(request, REVOCABLE, here.bearer(REVOCABLE))).isEqualTo(40000);
        }
    }

    private Map<String, Object> revoke(Map<String, ?> request) throws Denied {
        return desk.revokeTokens(REVOCABLE.name(), request, here.bearer(REVOCABLE))
                .toCompletableFuture()
                .join();
    }

    private int refusal(Map<String, ?> request, AppKey key, Access bearer) {
        return catchThrowableOfType(
                        Denied.class, () -> desk.revokeTokens(key.name(), request, bearer))
                .error()
                .code();
    }
}
