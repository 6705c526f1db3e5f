package dev.fanfare.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tokens with which users' clients connect: JSON Web Tokens, signed with HS256.
 * Thread-safe.
 */
public final class Tokens {
    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final List<String> OWN_CLAIMS = List.of("sub", "iat", "exp");
    private static final String ALGORITHM = "HmacSHA256";
    private static final String HEADER =
            encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8));

    private final SecretKeySpec key;
    private final InstantSource clock;

    /**
     * @param secret the server's {@code token.secret}
     */
    public Tokens(String secret) {
        this(secret, InstantSource.system());
    }

    Tokens(String secret, InstantSource clock) {
        if (secret.isEmpty()) {
            throw new IllegalArgumentException(
                    "secret: \"\" (expected: the server's token secret)");
        }
        this.key = new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM);
        this.clock = clock;
    }

    /** {@code FANFARE_TOKEN_SECRET} or {@code CENTRIFUGO_TOKEN_SECRET}. */
    public static Tokens fromEnvironment() {
        return from(Environment.ofProcess());
    }

    static Tokens from(Environment environment) {
        return new Tokens(
                environment.get("token secret", "FANFARE_TOKEN_SECRET", "CENTRIFUGO_TOKEN_SECRET"));
    }

    /** One that holds for 24 hours. */
    public String make(String user, Map<String, ? extends @Nullable Object> claims) {
        return make(user, claims, LIFETIME);
    }

    /**
     * @param claims what else the token says, as {@link Message#members} may hold: {@code orgs}, a
     *     list, opens the channels of organisations
     */
    public String make(
            String user, Map<String, ? extends @Nullable Object> claims, Duration lifetime) {
        for (var own : OWN_CLAIMS) {
            if (claims.containsKey(own)) {
                throw new IllegalArgumentException(
                        "claims: " + own + " (expected: none of " + OWN_CLAIMS + ")");
            }
        }
        if (user.isEmpty()) {
            throw new IllegalArgumentException("user: \"\" (expected: a user's id)");
        }
        long now = clock.instant().getEpochSecond();
        var all = new LinkedHashMap<String, @Nullable Object>(claims);
        all.put("sub", user);
        all.put("iat", now);
        all.put("exp", now + lifetime.toSeconds());
        var signed = HEADER + "." + encode(Json.write(all).getBytes(UTF_8));
        return signed + "." + encode(sign(signed));
    }

    private byte[] sign(String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + ": missing (expected: in every Java)", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
