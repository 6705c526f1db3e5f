package dev.fanfare.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.BaseJWSProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Map;
import java.util.Set;

/**
 * EdDSA (RFC 8037) with the JDK's own Ed25519 and Ed448: Nimbus needs a further library for the
 * first and has no second.
 */
final class EdDsaVerifier extends BaseJWSProvider implements JWSVerifier {
    private static final Map<String, JWSAlgorithm> NAMES =
            Map.of("Ed25519", JWSAlgorithm.Ed25519, "Ed448", JWSAlgorithm.Ed448);

    private final EdECPublicKey key;

    EdDsaVerifier(EdECPublicKey key) {
        super(Set.of(JWSAlgorithm.EdDSA, name(key)));
        this.key = key;
    }

    private static JWSAlgorithm name(EdECPublicKey key) {
        var name = NAMES.get(key.getParams().getName());
        if (name == null) {
            throw new IllegalArgumentException("curve: " + key.getParams().getName());
        }
        return name;
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signed, Base64URL signature)
            throws JOSEException {
        try {
            var verifier = Signature.getInstance(key.getParams().getName());
            verifier.initVerify(key);
            verifier.update(signed);
            return verifier.verify(signature.decode());
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new JOSEException("EdDSA: " + e.getMessage(), e);
        }
    }

    /**
     * The key as a point: the bytes are y, lowest first, and their last bit is the lowest of x (RFC
     * 8032, sections 5.1.2 and 5.2.2).
     */
    static PublicKey publicKey(OctetKeyPair jwk) throws GeneralSecurityException {
        var curve = jwk.getCurve();
        var bytes = jwk.getDecodedX();
        int length = Curve.Ed448.equals(curve) ? 57 : 32;
        if (bytes.length != length) {
            throw new GeneralSecurityException("x: " + bytes.length + " bytes");
        }
        var reversed = new byte[length];
        for (int i = 0; i < length; i++) {
            reversed[i] = bytes[length - 1 - i];
        }
        boolean odd = (reversed[0] & 0x80) != 0;
        reversed[0] &= 0x7F;
        var point = new EdECPoint(odd, new BigInteger(1, reversed));
        var spec = new EdECPublicKeySpec(new NamedParameterSpec(curve.getName()), point);
        return KeyFactory.getInstance("EdDSA").generatePublic(spec);
    }
}
