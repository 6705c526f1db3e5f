package dev.fanfare.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Authentication.Accepted;
import dev.fanfare.core.access.Authentication.Expired;
import dev.fanfare.core.access.Authentication.Invalid;
import dev.fanfare.core.model.Payload;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

/** What holds for all tokens. */
class TokenPropertiesTest {
    private static final String SECRET = "a secret of thirty-two characters";

    private static final JsonMapper JSON = new JsonMapper();

    private final ManualClock clock = new ManualClock();
    private final TokenMaker maker = new TokenMaker(new Secret(SECRET), clock);
    private final JwtAuthenticator authenticator =
            TokenRules.of(new Secret(SECRET)).authenticator(clock, Runnable::run, 1000);

    @Property
    void anyUserAndAnyClaimComeOutAsTheyWentIn(@ForAll String user, @ForAll String claim) {
        Assume.that(isUnicode(user) && isUnicode(claim));

        var identity = ((Accepted) authenticate(token(user, claim))).identity();
        assertThat(identity.user()).isEqualTo(user);
        assertThat(identity.claims()).containsEntry("claim", claim);
    }

    @Property
    void noCharacterCanBeChanged(
            @ForAll @IntRange(max = 1000) int index, @ForAll char replacement) {
        var token = token("42", "value");
        int at = index % token.length();
        Assume.that(token.charAt(at) != replacement);
        var tampered = token.substring(0, at) + replacement + token.substring(at + 1);

        // The last character of a signature has bits that mean nothing: the signature may still be
        // the same one.
        if (at < token.length() - 1) {
            assertThat(authenticate(tampered)).isInstanceOf(Invalid.class);
        }
    }

    @Property
    void noRefusalHoldsTheToken(@ForAll @StringLength(min = 8, max = 200) String text) {
        if (authenticate(text) instanceof Invalid(var why)) {
            assertThat(why).doesNotContain(text);
        }
    }

    @Property
    void holdsExactlyAsLongAsItSays(
            @ForAll @LongRange(min = 1, max = 100_000) long lifetime,
            @ForAll @LongRange(min = -1, max = 200_000_000) long later) {
        clock.set(ManualClock.START * 1000);
        var token = maker.make("42", Duration.ofSeconds(lifetime), Map.of());

        clock.set(ManualClock.START * 1000 + later);
        assertThat(authenticate(token) instanceof Expired).isEqualTo(later >= lifetime * 1000);
    }

    @Property
    void aSecretOfAnyLengthMakesTheSameCodesPaddedOrNot(
            @ForAll @StringLength(min = 1, max = 200) String secret) {
        Assume.that(isUnicode(secret) && !secret.startsWith("\0"));
        var token =
                new TokenMaker(new Secret(secret), clock).make("42", Duration.ofHours(1), Map.of());
        int end = token.lastIndexOf('.');

        assertThat(token.substring(end + 1))
                .isEqualTo(HmacByTheBook.sign(secret, token.substring(0, end)));
    }

    @Property
    void aSecretMatchesItselfAlone(
            @ForAll @StringLength(min = 1) String secret, @ForAll String other) {
        Assume.that(isUnicode(secret) && isUnicode(other));

        assertThat(new Secret(secret).matches(secret)).isTrue();
        assertThat(new Secret(secret).matches(other)).isEqualTo(secret.equals(other));
    }

    @Property
    void documentsMeanAfterwardsWhatTheyMeantBefore(
            @ForAll List<@StringLength(max = 20) String> texts,
            @ForAll BigDecimal number,
            @ForAll long whole)
            throws Exception {
        Assume.that(texts.stream().allMatch(TokenPropertiesTest::isUnicode));
        var document = Map.of("texts", texts, "number", number, "whole", whole);
        var claims = Map.of("info", document, "subs", Map.of("a", Map.of("data", document)));
        var token = maker.make("42", Duration.ofHours(1), claims);

        var identity = ((Accepted) authenticate(token)).identity();
        var written = JSON.writeValueAsString(document);
        assertThat(identity.info()).isEqualTo(Payload.json(written));
        assertThat(identity.grants().getFirst().data()).isEqualTo(Payload.json(written));
    }

    private String token(String user, String claim) {
        return maker.make(user, Duration.ofHours(1), Map.of("claim", claim));
    }

    private Authentication authenticate(String token) {
        return authenticator.authenticate(token).toCompletableFuture().join();
    }

    /** Whether the text has no lone surrogates, which UTF-8 cannot say. */
    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }
}
