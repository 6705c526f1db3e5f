package dev.fanfare.server.access;

import static dev.fanfare.server.access.SignedTokens.SECRET;
import static dev.fanfare.server.access.SignedTokens.base64;
import static dev.fanfare.server.access.SignedTokens.sign;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.core.access.Authentication;
import dev.fanfare.core.access.Authentication.Accepted;
import dev.fanfare.core.access.Authentication.Expired;
import dev.fanfare.core.access.Authentication.Invalid;
import dev.fanfare.core.access.ChannelOption;
import dev.fanfare.core.access.Grant;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.model.Payload;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What tokens say, and what the server makes of it. */
class ClaimsTest {
    private static final long NOW = ManualClock.START;
    private static final String EXACT =
            "{\"b\":1.50,\"a\":[1e5,-0.0,123456789012345678901234567890],\"é\":\"\\u00e9\\ud800"
                    + " \\/\"}";

    private final ManualClock clock = new ManualClock();

    @Test
    void keepsInfoAsItIsWritten() {
        var spread = EXACT.replace(":", " :\n\t").replace(",", " , ");

        assertThat(identity("{\"info\":" + EXACT + "}").info()).isEqualTo(Payload.json(EXACT));
        assertThat(identity("{\"info\" : " + spread + " }").info()).isEqualTo(Payload.json(EXACT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "-1.5e3", "\"text\"", "true", "[]", "{}", "\"{ \\\" }\""})
    void takesAnyJsonAsInfo(String info) {
        assertThat(identity("{\"info\":" + info + "}").info()).isEqualTo(Payload.json(info));
        assertThat(identity("{\"info\":" + info + ",\"x\":1}").info())
                .isEqualTo(Payload.json(info));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"info\":null}", "{\"b64info\":null}", "{\"b64info\":\"\"}"})
    void tellsNothingWithoutInfo(String claims) {
        assertThat(identity(claims).info().size()).isZero();
        assertThat(identity(claims).grants()).isEmpty();
    }

    @Test
    void takesInfoInBase64AsWhatItIs() {
        assertThat(identity("{\"b64info\":\"" + encoded("{\"a\": 1}") + "\"}").info())
                .isEqualTo(Payload.json("{\"a\": 1}"));
        assertThat(identity("{\"b64info\":\"AP8=\",\"info\":1}").info())
                .isEqualTo(Payload.of(new byte[] {0, -1}, Payload.Format.BINARY));
        assertThat(identity("{\"b64info\":\"" + encoded("{} {}") + "\"}").info().format())
                .isEqualTo(Payload.Format.BINARY);
    }

    @Test
    void givesTheChannelsOfAListOnceEach() {
        assertThat(identity("{\"channels\":[\"a\",\"b:1\",\"a\"]}").grants())
                .containsExactly(Grant.of("a"), Grant.of("b:1"));
    }

    @Test
    void givesChannelsWithWhatIsSaidAboutThem() {
        var claims =
                """
                {"channels": ["news", "plain"],
                 "subs": {
                   "news": {"info": {"x": 1}, "data": [1, 2.0], "override": {
                     "presence": {"value": true}, "join_leave": {"value": false},
                     "force_recovery": {"value": true}, "force_positioning": {"value": true},
                     "force_push_join_leave": {"value": true}, "unknown": 7, "another": null}},
                   "other": {"b64info": "%s", "b64data": "AP8=", "unknown": [1]},
                   "empty": {}, "nothing": null}}
                """
                        .formatted(encoded("7"));

        assertThat(identity(claims).grants())
                .containsExactlyInAnyOrder(
                        new Grant(
                                "news",
                                Payload.json("{\"x\":1}"),
                                Payload.json("[1,2.0]"),
                                Map.of(
                                        ChannelOption.PRESENCE, true,
                                        ChannelOption.JOIN_LEAVE, false,
                                        ChannelOption.FORCE_RECOVERY, true,
                                        ChannelOption.FORCE_POSITIONING, true,
                                        ChannelOption.FORCE_PUSH_JOIN_LEAVE, true)),
                        Grant.of("plain"),
                        new Grant(
                                "other",
                                Payload.json("7"),
                                Payload.of(new byte[] {0, -1}, Payload.Format.BINARY),
                                Map.of()),
                        Grant.of("empty"),
                        Grant.of("nothing"));
    }

    @Test
    void givesATokenOfOneChannelThatChannelAlone() {
        var claims =
                """
                {"sub": "42", "channel": "news", "info": {"i": 1}, "data": {"d": 1},
                 "override": {"presence": {"value": true}, "join_leave": {}},
                 "channels": ["a"], "subs": {"b": {"info": 1}}, "client": "c1"}
                """;
        var identity = identity(claims);

        assertThat(identity.isOfOneChannel()).isTrue();
        assertThat(identity.grants())
                .containsExactly(
                        new Grant(
                                "news",
                                Payload.json("{\"i\":1}"),
                                Payload.json("{\"d\":1}"),
                                Map.of(ChannelOption.PRESENCE, true)));
        assertThat(identity.claims())
                .containsEntry("client", "c1")
                .containsEntry("channel", "news");
    }

    @Test
    void leavesTheClaimsOfOneChannelToOthersWhereThereIsNone() {
        assertThat(identity("{\"data\":7,\"override\":\"x\",\"b64data\":1,\"info\":1}").grants())
                .isEmpty();
    }

    @Test
    void keepsMetaAmongTheClaims() {
        assertThat(identity("{\"meta\":{\"plan\":\"pro\"}}").claims())
                .containsEntry("meta", Map.of("plan", "pro"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'channel':7} | the claim channel as number, which must be a string",
                "{'channels':'a'} | something else in the claim channels, which must be a list of"
                        + " channels",
                "{'channels':[7]} | something else in the claim channels, which must be a string",
                "{'channels':[null]} | something else in the claim channels, which must be a"
                        + " string",
                "{'subs':['a']} | something else in the claim subs, which must be an object whose"
                        + " members are channels",
                "{'subs':{'a':1}} | something else in the claim subs, which must be an object of"
                        + " objects",
                "{'subs':{'a':{'b64info':'?'}}} | something else in the claim subs.b64info, which"
                        + " must be base64 (RFC 4648, section 4)",
                "{'subs':{'a':{'override':1}}} | something else in the claim subs.override, which"
                        + " must be an object of options",
                "{'subs':{'a':{'override':{'presence':true}}}} | something else in the claim"
                        + " subs.override.presence, which must be an object with a value",
                "{'subs':{'a':{'override':{'presence':{'value':1}}}}} | something else in the claim"
                        + " subs.override.presence, which must be true or false",
                "{'b64info':7} | something else in the claim b64info, which must be a string",
                "{'channel':'a','b64data':'?'} | something else in the claim b64data, which must be"
                        + " base64 (RFC 4648, section 4)",
                "{'expire_at':'7'} | the claim expire_at as string, which must be a number: seconds"
                        + " since 1970",
                "{'exp':true} | the claim exp as boolean, which must be a number: seconds since"
                        + " 1970"
            },
            quoteCharacter = '`')
    void saysWhatIsWrong(String claims, String why) {
        assertThat(authenticate(claims.replace('\'', '"'))).isEqualTo(new Invalid(why));
    }

    @Test
    void lastsUntilExpireAtWhereItIsSaid() {
        var claims = "{\"exp\":" + (NOW + 60) + ",\"expire_at\":" + (NOW + 3600) + "}";

        assertThat(identity(claims).expiresAt()).isEqualTo((NOW + 3600) * 1000);
        clock.set((NOW + 60) * 1000);
        assertThat(authenticate(claims)).isEqualTo(new Expired());
    }

    @Test
    void lastsWithoutEndWhereExpireAtIsZero() {
        var claims = "{\"exp\":" + (NOW + 60) + ",\"expire_at\":0}";

        assertThat(identity(claims).expiresAt()).isEqualTo(Identity.NEVER);
        clock.set((NOW + 60) * 1000);
        assertThat(authenticate(claims)).isEqualTo(new Expired());
    }

    @Test
    void isOverWhenExpireAtIsReachedThoughExpIsNot() {
        var claims = "{\"exp\":" + (NOW + 3600) + ",\"expire_at\":" + (NOW + 60) + "}";

        clock.set((NOW + 60) * 1000 - 1);
        assertThat(identity(claims).expiresAt()).isEqualTo((NOW + 60) * 1000);
        clock.set((NOW + 60) * 1000);
        assertThat(authenticate(claims)).isEqualTo(new Expired());
    }

    @ParameterizedTest
    @CsvSource({
        "{'aud':'fanfare'}, true",
        "'{\"aud\":[\"other\",\"fanfare\"]}', true",
        "{'aud':'other'}, false",
        "'{\"aud\":[\"other\"]}', false",
        "{'aud':[]}, false",
        "{'aud':7}, false",
        "{'aud':null}, false",
        "{}, false"
    })
    void holdsATokenToItsAudience(String claims, boolean good) {
        var terms = terms(Pattern.compile("fan.*"), null, "sub");

        assertThat(authenticate(terms, claims.replace('\'', '"')))
                .isEqualTo(
                        good
                                ? authenticate(claims.replace('\'', '"'))
                                : new Invalid("another audience"));
    }

    @ParameterizedTest
    @CsvSource({
        "{'iss':'https://id.example'}, true",
        "{'iss':'https://id.example/'}, false",
        "{'iss':'x https://id.example'}, false",
        "{'iss':['https://id.example']}, false",
        "{'iss':null}, false",
        "{}, false"
    })
    void holdsATokenToItsIssuerAsAWhole(String claims, boolean good) {
        var terms = terms(null, Pattern.compile("https://id\\.example"), "sub");

        assertThat(authenticate(terms, claims.replace('\'', '"')))
                .isEqualTo(
                        good
                                ? authenticate(claims.replace('\'', '"'))
                                : new Invalid("another issuer"));
    }

    @Test
    void takesTheUserFromTheClaimThatIsConfigured() {
        var terms = terms(null, null, "uid");

        var answer = authenticate(terms, "{\"sub\":\"1\",\"uid\":\"42\"}");
        assertThat(answer).isEqualTo(new Accepted(new Identity("42", Map.of(), Identity.NEVER)));
        assertThat(user(authenticate(terms, "{\"sub\":\"1\"}"))).isEmpty();
        assertThat(authenticate(terms, "{\"uid\":42}"))
                .isEqualTo(new Invalid("the claim uid as number, which must be a string"));
    }

    @Test
    void makesTokensThatNameTheUserWhereItIsLookedFor() {
        var rules = new TokenRules(TrustedKeys.of(SECRET), terms(null, null, "uid"));
        var token = rules.maker(clock).make("42", Duration.ofHours(1), Map.of());
        var judge = rules.authenticator(clock, Runnable::run, 10);

        assertThat(user(judge.authenticate(token).toCompletableFuture().join())).isEqualTo("42");
    }

    private static String user(Authentication answer) {
        return ((Accepted) answer).identity().user();
    }

    private static String encoded(String text) {
        var url = base64(text);
        return url + "=".repeat((4 - url.length() % 4) % 4);
    }

    private static TokenTerms terms(Pattern audience, Pattern issuer, String userClaim) {
        return new TokenTerms(Set.copyOf(TokenTerms.ALGORITHMS), audience, issuer, userClaim);
    }

    private Identity identity(String claims) {
        return ((Accepted) authenticate(claims)).identity();
    }

    private Authentication authenticate(String claims) {
        return authenticate(TokenTerms.USUAL, claims);
    }

    private Authentication authenticate(TokenTerms terms, String claims) {
        return new TokenRules(TrustedKeys.of(SECRET), terms)
                .authenticator(clock, Runnable::run, 10)
                .authenticate(sign(claims))
                .toCompletableFuture()
                .join();
    }
}
