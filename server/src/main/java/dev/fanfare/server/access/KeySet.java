package dev.fanfare.server.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.OctetKeyPair;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A JSON Web Key Set (RFC 7517). Keys that are broken, of an unknown kind or for something else are
 * left out, as section 5 asks.
 */
record KeySet(List<Entry> entries) {
    /** A public key with its description. */
    record Entry(JWK jwk, TokenKey key) {}

    static final KeySet EMPTY = new KeySet(List.of());
    private static final JsonMapper JSON = new JsonMapper();

    KeySet {
        entries = List.copyOf(entries);
    }

    static KeySet parse(byte[] json) throws IOException {
        var keys = keys(json);
        if (!keys.isArray()) {
            throw new IOException("something other than a JSON Web Key Set");
        }
        return new KeySet(
                StreamSupport.stream(keys.spliterator(), false).flatMap(KeySet::entry).toList());
    }

    private static JsonNode keys(byte[] json) throws IOException {
        try {
            return JSON.readTree(json).path("keys");
        } catch (JsonProcessingException e) {
            throw new IOException("something other than JSON", e);
        }
    }

    private static Stream<Entry> entry(JsonNode json) {
        try {
            var jwk = JWK.parse(json.toString());
            return Stream.of(new Entry(jwk, TokenKey.of(publicKey(jwk))));
        } catch (ParseException
                | JOSEException
                | GeneralSecurityException
                | IllegalArgumentException e) {
            return Stream.empty();
        }
    }

    private static PublicKey publicKey(JWK jwk) throws JOSEException, GeneralSecurityException {
        return switch (jwk) {
            case OctetKeyPair edwards -> EdDsaVerifier.publicKey(edwards);
            case AsymmetricJWK key -> key.toPublicKey();
            default -> throw new IllegalArgumentException("kty: " + jwk.getKeyType());
        };
    }

    /** Those that may have signed a token with this header: by algorithm, use and key id. */
    List<TokenKey> find(JWSHeader header) {
        var matcher = JWKMatcher.forJWSHeader(header);
        return matcher == null
                ? List.of()
                : entries.stream()
                        .filter(entry -> matcher.matches(entry.jwk()))
                        .map(Entry::key)
                        .filter(key -> key.isFor(header))
                        .toList();
    }
}
