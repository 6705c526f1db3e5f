package dev.fanfare.ably.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who has a key asks for, for somebody who has none. All members are the texts that
 * the code is of, also where numbers are meant; null: not said.
 *
 * @param mac of all others, in base64; see {@link #isSignedBy}
 */
public record TokenRequest(
        @Nullable String keyName,
        @Nullable String ttl,
        @Nullable String capability,
        @Nullable String clientId,
        @Nullable String timestamp,
        @Nullable String nonce,
        @Nullable String mac) {

    /**
     * @throws Denied where a member is neither a text nor a whole number
     */
    static TokenRequest read(Map<?, ?> tree) throws Denied {
        return new TokenRequest(
                text(tree, "keyName"),
                text(tree, "ttl"),
                text(tree, "capability"),
                text(tree, "clientId"),
                text(tree, "timestamp"),
                text(tree, "nonce"),
                text(tree, "mac"));
    }

    private static @Nullable String text(Map<?, ?> tree, String member) throws Denied {
        var value = tree.get(member);
        if (value instanceof Double number && number == Math.rint(number)) {
            return String.valueOf(number.longValue());
        }
        if (value == null || value instanceof String || value instanceof Long) {
            return value == null ? null : value.toString();
        }
        throw Denied.of(
                40000, "%s: %s (expected: a text or a whole number)".formatted(member, value));
    }

    /** The same with the code that this key makes. */
    public TokenRequest signed(AppKey key) {
        return new TokenRequest(keyName, ttl, capability, clientId, timestamp, nonce, code(key));
    }

    /** Whether whoever wrote this has the key. */
    boolean isSignedBy(AppKey key) {
        return mac != null && MessageDigest.isEqual(mac.getBytes(UTF_8), code(key).getBytes(UTF_8));
    }

    private String code(AppKey key) {
        var text =
                Stream.of(keyName, ttl, capability, clientId, timestamp, nonce)
                        .map(member -> Objects.requireNonNullElse(member, "") + "\n")
                        .collect(Collectors.joining());
        return Base64.getEncoder().encodeToString(key.sign(text.getBytes(UTF_8)));
    }

    /** As it is sent. */
    public Map<String, String> tree() {
        var tree = new LinkedHashMap<String, String>();
        put(tree, "keyName", keyName);
        put(tree, "ttl", ttl);
        put(tree, "capability", capability);
        put(tree, "clientId", clientId);
        put(tree, "timestamp", timestamp);
        put(tree, "nonce", nonce);
        put(tree, "mac", mac);
        return tree;
    }

    private static void put(Map<String, String> tree, String member, @Nullable String value) {
        if (value != null) {
            tree.put(member, value);
        }
    }
}
