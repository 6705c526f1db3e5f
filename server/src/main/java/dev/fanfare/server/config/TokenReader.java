package dev.fanfare.server.config;

import dev.fanfare.server.access.Jwks;
import dev.fanfare.server.access.PublicKeys;
import dev.fanfare.server.access.TokenRules;
import dev.fanfare.server.access.TokenTerms;
import dev.fanfare.server.access.TrustedKeys;
import dev.fanfare.server.config.ServerConfig.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which tokens are good. */
final class TokenReader {
    private final Layers layers;
    private final Secrets secrets;
    private final Path directory;

    /**
     * @param directory what relative paths start from
     */
    TokenReader(Layers layers, Secrets secrets, Path directory) {
        this.layers = layers;
        this.secrets = secrets;
        this.directory = directory;
    }

    /**
     * @param needed whether there are clients that show tokens
     */
    Token read(boolean needed) {
        if (needed && !hasKeys(TokenSettings.CONNECTION)) {
            refuseKeyless(TokenSettings.CONNECTION, ", or --dev to try things out");
        }
        return new Token(
                rules(TokenSettings.CONNECTION),
                subscription(),
                layers.get(TokenSettings.LIFETIME),
                layers.get(TokenSettings.IN_QUERY));
    }

    private @Nullable TokenRules subscription() {
        var settings = TokenSettings.SUBSCRIPTION;
        if (settings.all().stream().noneMatch(layers::has)) {
            return null;
        }
        if (!hasKeys(settings)) {
            refuseKeyless(settings, ", because others of these settings are set");
        }
        return rules(settings);
    }

    private boolean hasKeys(TokenSettings settings) {
        return layers.has(settings.secret())
                || layers.has(settings.publicKeys())
                || layers.has(settings.jwksUrl())
                || layers.get(settings.skipSignature());
    }

    private void refuseKeyless(TokenSettings settings, String more) {
        var expected =
                "%s, %s or %s%s"
                        .formatted(
                                settings.secret().type().expected(),
                                settings.publicKeys().key(),
                                settings.jwksUrl().key(),
                                more);
        layers.refuse(settings.secret(), expected);
    }

    private TokenRules rules(TokenSettings settings) {
        var terms = terms(settings);
        return new TokenRules(keys(settings, terms), terms);
    }

    private TokenTerms terms(TokenSettings settings) {
        return new TokenTerms(
                Set.copyOf(layers.get(settings.algorithms())),
                pattern(settings.audience(), settings.audienceRegex()),
                pattern(settings.issuer(), settings.issuerRegex()),
                layers.get(settings.userIdClaim()));
    }

    private @Nullable Pattern pattern(Setting<String> exact, Setting<Pattern> regex) {
        var text = layers.find(exact);
        if (text == null) {
            return layers.find(regex);
        }
        if (layers.has(regex)) {
            layers.refuse(regex, "nothing beside " + exact.key());
        }
        return Pattern.compile(Pattern.quote(text));
    }

    private TrustedKeys keys(TokenSettings settings, TokenTerms terms) {
        boolean unchecked = layers.get(settings.skipSignature());
        if (unchecked) {
            secrets.warn(
                    settings.skipSignature().key()
                            + " is on: no signature is checked, and whoever can reach the server"
                            + " can be anybody");
        }
        boolean allowsShort = layers.get(settings.allowShortSecret());
        return new TrustedKeys(
                secrets.tokenSecret(settings.secret(), allowsShort),
                previous(settings, allowsShort),
                publicKeys(settings),
                jwks(settings, terms),
                unchecked);
    }

    private TrustedKeys.@Nullable Previous previous(TokenSettings settings, boolean allowsShort) {
        var secret = secrets.tokenSecret(settings.previousSecret(), allowsShort);
        var until = layers.find(settings.previousSecretUntil());
        if (until != null && !layers.has(settings.previousSecret())) {
            layers.refuse(
                    settings.previousSecretUntil(),
                    "nothing without " + settings.previousSecret().key());
        }
        if (secret == null) {
            return null;
        }
        long end = until == null ? Long.MAX_VALUE : Duration.ofSeconds(until).toMillis();
        return new TrustedKeys.Previous(secret, end);
    }

    private List<PublicKey> publicKeys(TokenSettings settings) {
        var setting = settings.publicKeys();
        var given = layers.find(setting);
        if (given == null) {
            return List.of();
        }
        try {
            boolean isPem = given.startsWith(PublicKeys.PEM);
            return PublicKeys.parse(isPem ? given : Files.readString(directory.resolve(given)));
        } catch (IOException | IllegalArgumentException e) {
            layers.refuse(setting, setting.type().expected() + ", for a signature algorithm");
            return List.of();
        }
    }

    private @Nullable Jwks jwks(TokenSettings settings, TokenTerms terms) {
        var url = layers.find(settings.jwksUrl());
        var timeout = layers.get(settings.jwksTimeout());
        var maxAge = layers.get(settings.jwksMaxAge());
        var minInterval = layers.get(settings.jwksMinInterval());
        if (url == null) {
            return null;
        }
        if (!captured(terms).containsAll(url.names())) {
            layers.refuse(
                    settings.jwksUrl(),
                    "names of groups in %s or %s"
                            .formatted(
                                    settings.issuerRegex().key(), settings.audienceRegex().key()));
        }
        if (url.isOpen()) {
            secrets.warn(
                    settings.jwksUrl().key()
                            + " is without TLS: whoever stands between can exchange the keys");
        }
        return new Jwks(url, timeout, maxAge, minInterval);
    }

    private static Set<String> captured(TokenTerms terms) {
        var names = new HashSet<String>();
        if (terms.issuer() != null) {
            names.addAll(terms.issuer().namedGroups().keySet());
        }
        if (terms.audience() != null) {
            names.addAll(terms.audience().namedGroups().keySet());
        }
        return names;
    }
}
