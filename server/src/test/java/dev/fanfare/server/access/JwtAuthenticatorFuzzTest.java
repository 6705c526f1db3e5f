package dev.fanfare.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.nimbusds.jose.util.Base64URL;
import java.util.List;

/** Whatever comes as a token: there is a verdict. Header and claims may be anything. */
class JwtAuthenticatorFuzzTest {
    private final JwtAuthenticator authenticator =
            new TokenRules(new TrustedKeys(null, null, List.of(), null, true), TokenTerms.USUAL)
                    .authenticator(new ManualClock(), Runnable::run, 10);

    @FuzzTest
    void decidesAboutAnything(FuzzedDataProvider data) {
        var header = data.consumeBytes(200);
        var claims = data.consumeBytes(500);
        var encoded = Base64URL.encode(header) + "." + Base64URL.encode(claims) + ".AAAA";

        for (var token : List.of(encoded, data.consumeRemainingAsString())) {
            assertThat(authenticator.authenticate(token)).isCompleted();
        }
    }
}
