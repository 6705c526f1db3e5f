package dev.fanfare.server.access;

import java.net.http.HttpClient;
import java.security.PublicKey;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Whose signatures count, as configured.
 *
 * @param secret shared with whoever makes tokens; null: there is none
 * @param previous the secret before it; null: there is none
 * @param jwks where further public keys are published; null: nowhere
 * @param unchecked whether every signature counts, right or wrong
 */
public record TrustedKeys(
        @Nullable Secret secret,
        @Nullable Previous previous,
        List<PublicKey> publicKeys,
        @Nullable Jwks jwks,
        boolean unchecked) {
    /**
     * A secret that is on its way out.
     *
     * @param until the first moment, in milliseconds since 1970, at which it does not count any
     *     more
     */
    public record Previous(Secret secret, long until) {}

    public TrustedKeys {
        publicKeys = List.copyOf(publicKeys);
    }

    public static TrustedKeys of(Secret secret) {
        return new TrustedKeys(secret, null, List.of(), null, false);
    }

    public boolean isEmpty() {
        return secret == null && publicKeys.isEmpty() && jwks == null && !unchecked;
    }

    /**
     * @param terms whose groups the URL of published keys may name
     * @param slowWork for signatures that take their time
     */
    public TokenKeys open(TokenTerms terms, InstantSource clock, Executor slowWork) {
        if (unchecked) {
            return TokenKeys.ANY;
        }
        var fixed = new FixedKeys(fixed(), clock);
        return jwks == null
                ? fixed
                : fixed.or(new RemoteKeys(jwks, terms, documents(), clock, slowWork));
    }

    private static Documents documents() {
        return new WebDocuments(
                HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build());
    }

    private List<TokenKey> fixed() {
        var keys = new ArrayList<TokenKey>();
        if (secret != null) {
            keys.add(TokenKey.of(secret, Long.MAX_VALUE));
        }
        if (previous != null) {
            keys.add(TokenKey.of(previous.secret(), previous.until()));
        }
        publicKeys.forEach(key -> keys.add(TokenKey.of(key)));
        return keys;
    }
}
