package dev.fanfare.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import java.util.Base64;

/** Tokens with any claims, right and wrong ones. */
public final class SignedTokens {
    static final Secret SECRET = new Secret("0123456789abcdef0123456789abcdef");

    private SignedTokens() {}

    static String sign(String claims) {
        return sign(JWSAlgorithm.HS256, SECRET, claims);
    }

    public static String sign(JWSAlgorithm algorithm, Secret secret, String claims) {
        return sign(new JWSHeader(algorithm), secret, claims);
    }

    static String sign(JWSHeader header, Secret secret, String claims) {
        try {
            var jws = new JWSObject(header, new Payload(claims));
            jws.sign(TokenKey.signer(secret));
            return jws.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}
