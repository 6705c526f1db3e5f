package dev.fanfare.ably.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.jwt.SignedJWT;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/**
 * Reads JWTs (RFC 7519) that are signed with a key's secret and name the key as {@code kid}, and
 * those of others around a token of ours. Any thread.
 */
final class JwtReader {
    private static final String CAPABILITY = "x-ably-capability";
    private static final String CLIENT_ID = "x-ably-clientId";
    private static final String REVOCATION_KEY = "x-ably-revocation-key";
    private static final String INNER = "x-ably-token";

    private final Keys keys;

    JwtReader(Keys keys) {
        this.keys = keys;
    }

    Grant read(String token) throws Denied {
        try {
            var jwt = parsed(token);
            var inner = inner(jwt);
            if (inner != null) {
                return OwnToken.read(inner, keys);
            }
            if (!(jwt instanceof SignedJWT signed)) {
                throw bad("expected: signed");
            }
            var key = key(signed);
            return grant(key, signed.getJWTClaimsSet());
        } catch (ParseException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private static JWT parsed(String token) throws ParseException {
        try {
            return JWTParser.parse(token);
        } catch (NullPointerException e) {
            // what the library does with a header that is null
            throw new ParseException("expected: an object as header", 0);
        }
    }

    /**
     * The token that this one only carries. It has a code of its own, so nobody asks who made what
     * is around it, which may even be encrypted.
     */
    private static @Nullable String inner(JWT jwt) throws ParseException {
        var inHeader = jwt.getHeader().toJSONObject().get(INNER);
        if (inHeader instanceof String inner) {
            return inner;
        }
        return jwt instanceof EncryptedJWT ? null : jwt.getJWTClaimsSet().getStringClaim(INNER);
    }

    private AppKey key(SignedJWT jwt) throws Denied {
        var name = jwt.getHeader().getKeyID();
        if (name == null || !JWSAlgorithm.HS256.equals(jwt.getHeader().getAlgorithm())) {
            throw bad("expected: alg HS256, and a key's name as kid");
        }
        var key = keys.require(name);
        if (!isSigned(jwt, key)) {
            throw bad("signature verification failed");
        }
        return key;
    }

    private static boolean isSigned(SignedJWT jwt, AppKey key) {
        try {
            return jwt.verify(new MACVerifier(key.hmacKey()));
        } catch (JOSEException e) {
            return false;
        }
    }

    private static Grant grant(AppKey key, JWTClaimsSet claims) throws ParseException, Denied {
        long issued = millis(claims, "iat");
        long expires = millis(claims, "exp");
        if (key.revocableTokens() && expires - issued > Revocations.LONGEST_TOKEN.toMillis()) {
            throw bad(
                    "expected: exp at most an hour after iat, as tokens of this key can be"
                            + " revoked");
        }
        var clientId = claims.getStringClaim(CLIENT_ID);
        if (clientId != null && clientId.isEmpty()) {
            throw bad(CLIENT_ID + ": \"\" (expected: a client's id, * or nothing)");
        }
        return new Grant(
                key,
                capability(key, claims.getStringClaim(CAPABILITY)),
                clientId,
                new Access.Term(issued, expires, claims.getStringClaim(REVOCATION_KEY)));
    }

    private static long millis(JWTClaimsSet claims, String name) throws ParseException, Denied {
        var time = claims.getDateClaim(name);
        if (time == null) {
            throw bad(name + ": nothing (expected: seconds since 1970)");
        }
        return time.toInstant().toEpochMilli();
    }

    private static Capability capability(AppKey key, @Nullable String text) throws Denied {
        if (text == null) {
            return key.capability();
        }
        try {
            return Capability.parse(text);
        } catch (Denied denied) {
            throw bad(denied.error().message());
        }
    }

    private static Denied bad(String detail) {
        return Denied.of(40144, "JWT: " + detail);
    }
}
