package dev.fanfare.server.access;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fanfare.core.access.Authentication.Accepted;
import dev.fanfare.core.access.Grant;
import dev.fanfare.core.access.Identity;
import dev.fanfare.core.model.Payload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Turns the claims of a token, as JSON (RFC 7519), into what the server knows about its holder. */
final class ClaimsReader {
    /** Why the claims cannot be used. The message names the claim and never a value. */
    static final class UnusableClaims extends Exception {
        private static final long serialVersionUID = 1L;

        UnusableClaims(String message) {
            super(message, null, false, false);
        }
    }

    private static final String NUMERIC_DATE = "a number: seconds since 1970";

    /** A claim that comes twice would mean one thing to us and another to the next reader. */
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private ClaimsReader() {}

    static VerifiedToken read(byte[] json) throws UnusableClaims {
        var claims = parse(json);
        long notBefore = millis(claims, "nbf", Long.MIN_VALUE);
        long expiresAt = millis(claims, "exp", Identity.NEVER);
        var identity =
                new Identity(user(claims), others(claims), expiresAt, Payload.NONE, grants(claims));
        return new VerifiedToken(new Accepted(identity), notBefore, expiresAt);
    }

    private static JsonNode parse(byte[] json) throws UnusableClaims {
        try {
            var claims = JSON.readTree(json);
            if (claims.isObject()) {
                return claims;
            }
        } catch (IOException e) {
            // Its message would quote the token.
        }
        throw new UnusableClaims("claims that are no JSON object with each member once");
    }

    /**
     * NumericDate may have a fraction (RFC 7519, section 2). What is too large for our clock is far
     * enough away.
     */
    private static long millis(JsonNode claims, String name, long missing) throws UnusableClaims {
        var claim = claims.path(name);
        if (claim.isMissingNode() || claim.isNull()) {
            return missing;
        }
        if (!claim.isNumber()) {
            throw unusable(name, claim, NUMERIC_DATE);
        }
        return Math.round(claim.doubleValue() * 1000);
    }

    /** Rounded up: who was let in with half a second left is not thrown out at once. */
    private static String user(JsonNode claims) throws UnusableClaims {
        var sub = claims.path("sub");
        return switch (sub.getNodeType()) {
            case MISSING, NULL -> "";
            case STRING, NUMBER -> sub.asText();
            case ARRAY, BINARY, BOOLEAN, OBJECT, POJO -> throw unusable("sub", sub, "a string");
        };
    }

    /** The claims {@code channels}, a list, and {@code subs}, whose members are channels. */
    private static List<Grant> grants(JsonNode claims) {
        var grants = new ArrayList<Grant>();
        claims.path("channels").forEach(name -> grants.add(Grant.of(name.asText())));
        claims.path("subs").fieldNames().forEachRemaining(name -> grants.add(Grant.of(name)));
        return grants;
    }

    private static Map<String, Object> others(JsonNode claims) {
        var others = new HashMap<>(members(claims));
        others.keySet().removeAll(List.of("sub", "exp"));
        return Map.copyOf(others);
    }

    private static Map<String, Object> members(JsonNode object) {
        var members = new HashMap<String, Object>();
        for (var member : object.properties()) {
            var value = value(member.getValue());
            if (value != null) {
                members.put(member.getKey(), value);
            }
        }
        return Map.copyOf(members);
    }

    private static @Nullable Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case STRING -> node.textValue();
            case NUMBER -> node.numberValue();
            case BOOLEAN -> node.booleanValue();
            case ARRAY -> items(node);
            case OBJECT -> members(node);
            case NULL, MISSING, BINARY, POJO -> null;
        };
    }

    private static List<Object> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .<Object>mapMulti(
                        (node, items) -> {
                            var value = value(node);
                            if (value != null) {
                                items.accept(value);
                            }
                        })
                .toList();
    }

    private static UnusableClaims unusable(String name, JsonNode claim, String expected) {
        var got = claim.getNodeType().name().toLowerCase(Locale.ROOT);
        return new UnusableClaims(
                "the claim " + name + " as " + got + ", which must be " + expected);
    }
}
