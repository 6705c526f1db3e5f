package dev.fanfare.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private final Tokens tokens = new Tokens("secret", () -> NOW);

    @Test
    void holdFor24HoursUnlessAnotherTimeIsSaid() {
        assertThat(claims(tokens.make("42", Map.of())))
                .isEqualTo("{\"sub\":\"42\",\"iat\":1800000000,\"exp\":1800086400}");
        assertThat(claims(tokens.make("42", Map.of(), Duration.ofMinutes(1))))
                .isEqualTo("{\"sub\":\"42\",\"iat\":1800000000,\"exp\":1800000060}");
    }

    @Test
    void sayWhatElseIsGiven() {
        assertThat(claims(tokens.make("Jürgen", Map.of("orgs", List.of("acme", 7)))))
                .startsWith("{\"orgs\":[\"acme\",7],\"sub\":\"Jürgen\",");
    }

    /** The signature is what openssl makes of it. */
    @Test
    void areSignedWithHs256() {
        assertThat(tokens.make("42", Map.of()))
                .isEqualTo(
                        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9"
                                + ".eyJzdWIiOiI0MiIsImlhdCI6MTgwMDAwMDAwMCwiZXhwIjoxODAwMDg2NDAwfQ"
                                + ".42CRqvrJYALMOR4wu1gLJG_1__VLeufGrD7JrU3FhZY");
    }

    @Test
    void haveASecretOfTheEnvironment() {
        var theirs = new Environment(Map.of("CENTRIFUGO_TOKEN_SECRET", "secret"));
        assertThat(Tokens.from(theirs).make("42", Map.of())).isNotEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> Tokens.from(new Environment(Map.of())))
                .withMessageStartingWith("token secret: nothing");
    }

    @Test
    void refuseWhatCannotBeAToken() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Tokens(""));
        assertThatIllegalArgumentException().isThrownBy(() -> tokens.make("", Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens.make("42", Map.of("exp", 1)))
                .withMessage("claims: exp (expected: none of [sub, iat, exp])");
    }

    private static String claims(String token) {
        return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8);
    }
}
