package dev.fanfare.server.migrate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tokens are checked with. */
final class TokenKeys {
    private static final int LONG_ENOUGH = 32;
    private static final String UNCHECKED = "insecure_skip_token_signature_verify";

    private final Source client;
    private final Lines out;

    TokenKeys(Source client, Lines out) {
        this.client = client;
        this.out = out;
    }

    void write() {
        out.section("Tokens");
        boolean unchecked = client.flag(UNCHECKED);
        if (unchecked) {
            client.report().warn(client.path(UNCHECKED), "whoever has a token can be anybody");
        }
        if (!keys(client.group("token"), "token", unchecked) && !unchecked) {
            out.comment("There was no key: this secret is made up, so that no token is good.");
            out.put("token.secret", madeUp());
        }
        var subscription = client.group("subscription_token");
        if (subscription.flag("enabled")) {
            subscriptions(subscription, unchecked);
        } else {
            subscription.loseAll("subscription_token.enabled is false");
        }
    }

    private void subscriptions(Source subscription, boolean unchecked) {
        if (!keys(subscription, "subscription-token", unchecked) && !unchecked) {
            out.comment("There was no key: this secret is made up, so that no token is good.");
            out.put("subscription-token.secret", madeUp());
        }
    }

    /** False: there is none. */
    private boolean keys(Source token, String ours, boolean unchecked) {
        boolean secret = secrets(token, ours);
        boolean published = publicKeys(token, ours);
        claims(token, ours);
        if (unchecked) {
            out.comment("DANGEROUS: signatures are not checked.");
            out.put(ours + ".skip-signature-verification", true);
        }
        return secret || published;
    }

    private boolean secrets(Source token, String ours) {
        var secret = token.text("hmac_secret_key");
        var previous = token.text("hmac_previous_secret_key");
        var until = token.number("hmac_previous_secret_key_valid_until");
        boolean tooShort = isShort(token, "hmac_secret_key", secret);
        tooShort |= isShort(token, "hmac_previous_secret_key", previous);
        if (tooShort) {
            out.comment("A secret of less than 32 bytes can be guessed: change it soon.");
            out.put(ours + ".allow-short-secret", true);
        }
        if (secret != null) {
            out.put(ours + ".secret", secret);
        }
        if (previous != null) {
            out.put(ours + ".previous-secret", previous);
            if (until != null && until > 0) {
                out.put(ours + ".previous-secret-until", until);
            }
        } else if (until != null) {
            token.report()
                    .lost(
                            token.path("hmac_previous_secret_key_valid_until"),
                            "there is no previous secret");
        }
        return secret != null;
    }

    private static boolean isShort(Source token, String key, @Nullable String secret) {
        if (secret == null || secret.getBytes(UTF_8).length >= LONG_ENOUGH) {
            return false;
        }
        token.report().warn(token.path(key), "less than 32 bytes can be guessed");
        return true;
    }

    private boolean publicKeys(Source token, String ours) {
        var keys = new ArrayList<String>();
        for (var key : List.of("rsa_public_key", "ecdsa_public_key")) {
            var pem = token.text(key);
            if (pem != null) {
                keys.add(pem.strip() + "\n");
            }
        }
        if (!keys.isEmpty()) {
            out.put(ours + ".public-keys", String.join("", keys));
        }
        var url = token.text("jwks_public_endpoint");
        if (url != null) {
            out.put(ours + ".jwks.url", url);
        }
        token.group("jwks").loseAll("the connection to the keys' publisher is Java's own");
        return url != null || !keys.isEmpty();
    }

    private void claims(Source token, String ours) {
        var carrier = new Carrier(out);
        carrier.text(token, "user_id_claim", ours + ".user-id-claim");
        claim(token, "audience", ours);
        claim(token, "issuer", ours);
    }

    private void claim(Source token, String claim, String ours) {
        var exact = token.text(claim);
        var key = claim + "_regex";
        var regex = token.text(key);
        if (exact != null) {
            out.put(ours + "." + claim, exact);
            if (regex != null) {
                token.report().lost(token.path(key), claim + " is checked already");
            }
        } else if (regex != null) {
            out.put(ours + "." + claim + "-regex", expression(token, key, regex));
        }
    }

    private static String expression(Source token, String key, String regex) {
        var java = Expression.matchingWhole(regex);
        if (java != null) {
            return java;
        }
        token.report().lost(token.path(key), "Java has no such expression: no token is good");
        return Expression.NOTHING;
    }

    private static String madeUp() {
        var bytes = new byte[LONG_ENOUGH];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
