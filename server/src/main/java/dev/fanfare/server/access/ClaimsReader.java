package dev.fanfare.server.access;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanfare.core.access.Authentication.Accepted;
import dev.fanfare.core.access.Identity;
import dev.fanfare.server.access.Claims.Unusable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the claims of a token into what the server knows about its holder. */
final class ClaimsReader {
    private static final String NUMERIC_DATE = "a number: seconds since 1970";

    private final TokenTerms terms;

    ClaimsReader(TokenTerms terms) {
        this.terms = terms;
    }

    /**
     * A token is good before {@code exp}. What was begun with it lasts until {@code expire_at}, if
     * it says so, and without end where that is 0.
     *
     * @param signedUntil until when the signature counts
     */
    VerifiedToken read(Claims claims, long signedUntil) throws Unusable {
        terms.check(claims);
        long notBefore = millis(claims, "nbf", Long.MIN_VALUE);
        long expiresAt = millis(claims, "exp", Identity.NEVER);
        long endsAt = millis(claims, "expire_at", expiresAt);
        long end = endsAt == 0 ? Identity.NEVER : endsAt;
        var granted = GrantReader.read(claims);
        var identity =
                new Identity(user(claims), others(claims), end, granted.info(), granted.grants());
        return new VerifiedToken(
                new Accepted(identity), notBefore, Math.min(expiresAt, end), signedUntil);
    }

    /**
     * NumericDate may have a fraction (RFC 7519, section 2). What is too large for our clock is far
     * enough away.
     */
    private static long millis(Claims claims, String name, long missing) throws Unusable {
        var claim = claims.get(name);
        if (claim.isMissingNode()) {
            return missing;
        }
        if (!claim.isNumber()) {
            throw new Unusable(name, claim, NUMERIC_DATE);
        }
        return Math.round(claim.doubleValue() * 1000);
    }

    /** A subject may be a number, as some backends count their users; no other claim may. */
    private String user(Claims claims) throws Unusable {
        var name = terms.userClaim();
        var claim = claims.get(name);
        if (claim.isMissingNode()) {
            return "";
        }
        if (claim.isTextual() || (claim.isNumber() && name.equals(TokenTerms.SUBJECT))) {
            return claim.asText();
        }
        throw new Unusable(name, claim, "a string");
    }

    private Map<String, Object> others(Claims claims) {
        var others = new HashMap<>(members(claims.all()));
        others.keySet().removeAll(List.of(TokenTerms.SUBJECT, terms.userClaim(), "exp"));
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
        return Claims.stream(array)
                .<Object>mapMulti(
                        (node, items) -> {
                            var value = value(node);
                            if (value != null) {
                                items.accept(value);
                            }
                        })
                .toList();
    }
}
