package dev.fanfare.server.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Public keys in PEM (RFC 7468), as such or in certificates. */
public final class PublicKeys {
    /** How such text begins. */
    public static final String PEM = "-----BEGIN";

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final List<String> KINDS = List.of("RSA", "EC", "EdDSA");

    private PublicKeys() {}

    /**
     * One key or several, one after the other. Where a line cannot end, {@code \n} may stand for
     * it.
     *
     * @throws IllegalArgumentException for anything else, and for keys that no algorithm is for.
     *     The message does not show the text, which may be a private key
     */
    public static List<PublicKey> parse(String pem) {
        var text = pem.replace("\\n", "\n").strip();
        var keys = BLOCK.matcher(text).results().map(PublicKeys::key).toList();
        if (keys.isEmpty() || !BLOCK.matcher(text).replaceAll("").isBlank()) {
            throw new IllegalArgumentException("PEM: something else");
        }
        keys.forEach(TokenKey::of);
        return keys;
    }

    private static PublicKey key(MatchResult block) {
        byte[] bytes = Base64.getMimeDecoder().decode(block.group(2).getBytes(US_ASCII));
        return switch (block.group(1)) {
            case "PUBLIC KEY" ->
                    KINDS.stream()
                            .flatMap(kind -> decode(kind, bytes))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException("PEM: unknown key"));
            case "CERTIFICATE" -> certified(bytes);
            default -> throw new IllegalArgumentException("PEM: neither key nor certificate");
        };
    }

    private static Stream<PublicKey> decode(String kind, byte[] bytes) {
        try {
            var factory = KeyFactory.getInstance(kind);
            return Stream.of(factory.generatePublic(new X509EncodedKeySpec(bytes)));
        } catch (GeneralSecurityException e) {
            return Stream.empty();
        }
    }

    private static PublicKey certified(byte[] bytes) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes))
                    .getPublicKey();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("PEM: no certificate", e);
        }
    }
}
