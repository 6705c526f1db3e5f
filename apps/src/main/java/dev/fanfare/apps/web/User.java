package dev.fanfare.apps.web;

import java.util.Map;
import java.util.OptionalLong;

/**
 * Whose token came with a request. No account is looked up for it.
 *
 * @param id the token's subject, any text
 * @param claims what else the token says
 */
public record User(String id, Map<String, Object> claims) {
    public User {
        claims = Map.copyOf(claims);
    }

    /**
     * The id of an account.
     *
     * @throws Refused where the token names somebody whose id is not a positive integer
     */
    public long number() {
        return findNumber()
                .orElseThrow(
                        () ->
                                Refused.forbidden(
                                        "token",
                                        "user " + id,
                                        "a user whose id is a positive integer"));
    }

    /** The id of an account; empty for somebody who cannot have one. */
    public OptionalLong findNumber() {
        return id.matches("[1-9][0-9]{0,17}")
                ? OptionalLong.of(Long.parseLong(id))
                : OptionalLong.empty();
    }

    public boolean isAdmin() {
        return "admin".equals(claims.get("role"));
    }
}
