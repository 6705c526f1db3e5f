package dev.fanfare.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/** A key pair of any kind, and what one does with it. */
public record Signer(JWSAlgorithm algorithm, String id, KeyPair pair) {
    private static final Map<String, String> CURVES =
            Map.of("ES256", "secp256r1", "ES384", "secp384r1", "ES512", "secp521r1");
    private static final int ED25519_LENGTH = 32;
    private static final int ED448_LENGTH = 57;

    /**
     * @param algorithm EdDSA means Ed25519
     */
    public static Signer of(String algorithm, String id) {
        try {
            return new Signer(JWSAlgorithm.parse(algorithm), id, pair(algorithm));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public static Signer of(String algorithm) {
        return of(algorithm, "a");
    }

    private static KeyPair pair(String algorithm) throws GeneralSecurityException {
        if (CURVES.containsKey(algorithm)) {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(CURVES.get(algorithm)));
            return generator.generateKeyPair();
        }
        if (algorithm.startsWith("Ed")) {
            var curve = algorithm.equals("Ed448") ? "Ed448" : "Ed25519";
            return KeyPairGenerator.getInstance(curve).generateKeyPair();
        }
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    /** With the same key, as another algorithm. */
    Signer with(String other) {
        return new Signer(JWSAlgorithm.parse(other), id, pair);
    }

    public String token(String claims) {
        return token(new JWSHeader.Builder(algorithm).keyID(id).build(), claims);
    }

    String nameless(String claims) {
        return token(new JWSHeader(algorithm), claims);
    }

    private String token(JWSHeader header, String claims) {
        try {
            var jws = new JWSObject(header, new Payload(claims));
            var family = pair.getPrivate().getAlgorithm();
            if (family.equals("EdDSA")) {
                var text = new String(jws.getSigningInput(), UTF_8);
                return text + "." + Base64URL.encode(edwards(jws.getSigningInput()));
            }
            jws.sign(
                    pair.getPrivate() instanceof ECPrivateKey elliptic
                            ? new ECDSASigner(elliptic)
                            : new RSASSASigner(pair.getPrivate()));
            return jws.serialize();
        } catch (JOSEException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private byte[] edwards(byte[] input) throws GeneralSecurityException {
        var signature = Signature.getInstance("EdDSA");
        signature.initSign(pair.getPrivate());
        signature.update(input);
        return signature.sign();
    }

    public String pem() {
        return pem("PUBLIC KEY", pair.getPublic());
    }

    String privatePem() {
        return pem("PRIVATE KEY", pair.getPrivate());
    }

    private static String pem(String label, Key key) {
        var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded());
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }

    public JWK jwk() {
        return switch (pair.getPublic()) {
            case RSAPublicKey rsa -> new RSAKey.Builder(rsa).keyID(id).build();
            case ECPublicKey elliptic ->
                    new ECKey.Builder(Curve.forECParameterSpec(elliptic.getParams()), elliptic)
                            .keyID(id)
                            .build();
            default -> edwardsJwk();
        };
    }

    private JWK edwardsJwk() {
        var encoded = pair.getPublic().getEncoded();
        boolean small = encoded.length < 64;
        int length = small ? ED25519_LENGTH : ED448_LENGTH;
        var x = Arrays.copyOfRange(encoded, encoded.length - length, encoded.length);
        return new OctetKeyPair.Builder(small ? Curve.Ed25519 : Curve.Ed448, Base64URL.encode(x))
                .keyID(id)
                .build();
    }
}
