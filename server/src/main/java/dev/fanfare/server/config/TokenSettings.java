package dev.fanfare.server.config;

import static dev.fanfare.server.config.ValueType.duration;
import static dev.fanfare.server.config.ValueType.flag;
import static dev.fanfare.server.config.ValueType.oneOf;
import static dev.fanfare.server.config.ValueType.regex;
import static dev.fanfare.server.config.ValueType.seconds;
import static dev.fanfare.server.config.ValueType.text;

import dev.fanfare.server.access.JwksUrl;
import dev.fanfare.server.access.Secret;
import dev.fanfare.server.access.TokenTerms;
import dev.fanfare.server.config.Settings.Section;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How tokens of one kind are checked: those of connections, or those of single channels.
 *
 * @param secretVariables further environment variables for the secret
 */
record TokenSettings(String prefix, List<String> secretVariables) {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofDays(1);

    static final TokenSettings CONNECTION =
            new TokenSettings("token", List.of("CENTRIFUGO_TOKEN_SECRET"));
    static final TokenSettings SUBSCRIPTION = new TokenSettings("subscription-token", List.of());

    static final Setting<Duration> LIFETIME =
            Setting.of(
                    "token.lifetime",
                    duration(SECOND, Duration.ofDays(365)),
                    "24h",
                    "1h",
                    "How long the tokens hold that `/api/v1/realtime/token` gives to signed-in"
                            + " users.");

    static final Setting<Boolean> IN_QUERY =
            Setting.of(
                    "token.in-query",
                    flag(),
                    "true",
                    "false",
                    "Whether a request may bring its token as `token` in the query, where it ends"
                        + " up in other people's logs. `Authorization: Bearer` is preferred where"
                        + " both are there. Endpoints may say otherwise for themselves.");

    static final Section SECTION =
            new Section(
                    "Tokens",
                    Stream.concat(CONNECTION.all().stream(), Stream.of(LIFETIME, IN_QUERY))
                            .toList());
    static final Section SUBSCRIPTION_SECTION =
            new Section(
                    "Tokens for single channels, where they are not checked as others",
                    SUBSCRIPTION.all());

    Setting<Secret> secret() {
        return Setting.of(
                        key("secret"),
                        ValueType.secret("a secret of at least 32 bytes"),
                        "",
                        "\"…\"",
                        "What tokens are signed with (HS256, HS384, HS512).")
                .alsoFrom(secretVariables.toArray(String[]::new));
    }

    Setting<Secret> previousSecret() {
        return Setting.of(
                key("previous-secret"),
                ValueType.secret("a secret of at least 32 bytes"),
                "",
                "\"…\"",
                "The secret before it, which is good too while the secret is changed.");
    }

    Setting<Long> previousSecretUntil() {
        return Setting.of(
                key("previous-secret-until"),
                seconds(),
                "",
                "1767225600",
                "The moment, in seconds since 1970, from which the previous secret is good"
                        + " no more; without it there is no such moment.");
    }

    Setting<String> publicKeys() {
        return Setting.of(
                key("public-keys"),
                text("public keys or certificates in PEM, or a file of them"),
                "",
                "/etc/fanfare/token.pem",
                "Keys of signatures with RS256, RS384, RS512, ES256, ES384, ES512 or EdDSA;"
                        + " what kind a key is says which.");
    }

    Setting<JwksUrl> jwksUrl() {
        return Setting.of(
                key("jwks.url"),
                new ValueType<>("a URL with http or https", JwksUrl::new),
                "",
                "https://login.example.com/keys",
                "Where further public keys are published (RFC 7517). `{{name}}` stands for"
                        + " a named group of the issuer's or the audience's expression.");
    }

    Setting<Duration> jwksTimeout() {
        return Setting.of(
                key("jwks.timeout"),
                duration(Duration.ofMillis(100), Duration.ofMinutes(1)),
                "5s",
                "5s",
                "Time for the published keys to arrive.");
    }

    Setting<Duration> jwksMaxAge() {
        return Setting.of(
                key("jwks.max-age"),
                duration(SECOND, DAY),
                "1h",
                "1h",
                "Published keys that are older are fetched anew before they are used. They"
                        + " stay good while that fails.");
    }

    Setting<Duration> jwksMinInterval() {
        return Setting.of(
                key("jwks.min-interval"),
                duration(Duration.ZERO, DAY),
                "10s",
                "10s",
                "Time between two fetches of the same URL, also when a token names a key"
                        + " that is not there.");
    }

    Setting<List<String>> algorithms() {
        return Setting.of(
                key("algorithms"),
                oneOf(TokenTerms.ALGORITHMS.toArray(String[]::new)).list(),
                String.join(", ", TokenTerms.ALGORITHMS),
                "[HS256]",
                "The signature algorithms that are accepted, where there is a key for them.");
    }

    Setting<String> audience() {
        return Setting.of(
                key("audience"),
                text("an audience"),
                "",
                "fanfare",
                "What the claim `aud` must be, or as a list hold.");
    }

    Setting<Pattern> audienceRegex() {
        return Setting.of(
                key("audience-regex"),
                regex(),
                "",
                "https://(?<tenant>[a-z]+)\\.example\\.com",
                "What the claim `aud`, or one of its list, must match as a whole.");
    }

    Setting<String> issuer() {
        return Setting.of(
                key("issuer"),
                text("an issuer"),
                "",
                "https://login.example.com",
                "What the claim `iss` must be.");
    }

    Setting<Pattern> issuerRegex() {
        return Setting.of(
                key("issuer-regex"),
                regex(),
                "",
                "https://login\\.example\\.com/(?<realm>[a-z]+)",
                "What the claim `iss` must match as a whole.");
    }

    Setting<String> userIdClaim() {
        return Setting.of(
                key("user-id-claim"),
                text("the name of a claim"),
                TokenTerms.SUBJECT,
                "user_id",
                "The claim that names the user. Any but `sub` must be a string.");
    }

    Setting<Boolean> allowShortSecret() {
        return Setting.of(
                key("allow-short-secret"),
                flag(),
                "false",
                "true",
                "Takes a secret of less than 32 bytes, with a warning: for a secret that"
                        + " other programs share already.");
    }

    Setting<Boolean> skipSignature() {
        return Setting.of(
                key("skip-signature-verification"),
                flag(),
                "false",
                "true",
                "Takes every signature for right, with a warning: whoever can reach the"
                        + " server can be anybody.");
    }

    private String key(String name) {
        return prefix + "." + name;
    }

    List<Setting<?>> all() {
        return List.of(
                secret(),
                previousSecret(),
                previousSecretUntil(),
                publicKeys(),
                jwksUrl(),
                jwksTimeout(),
                jwksMaxAge(),
                jwksMinInterval(),
                algorithms(),
                audience(),
                audienceRegex(),
                issuer(),
                issuerRegex(),
                userIdClaim(),
                allowShortSecret(),
                skipSignature());
    }
}
