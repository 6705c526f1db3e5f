package dev.fanfare.apps.web;

import java.util.Map;

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
        if (!id.matches("[1-9][0-9]{0,17}")) {
            throw Refused.forbidden("token", "user " + id, "a user whose id is a positive integer");
        }
        return Long.parseLong(id);
    }

    public boolean isAdmin() {
        return "admin".equals(claims.get("role"));
    }
}
