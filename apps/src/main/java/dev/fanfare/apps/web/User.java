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
    /** Characters (UTF-16) of an id: more than this does not fit into an index. */
    public static final int LONGEST = 512;

    public User {
        claims = Map.copyOf(claims);
    }

    /**
     * The id, where a database can keep it.
     *
     * @throws Refused where the token names somebody whose id it cannot
     */
    public String text() {
        if (id.length() > LONGEST) {
            throw Refused.forbidden(
                    "token", "a user's id of " + id.length() + " characters", "at most " + LONGEST);
        }
        if (!Characters.areText(id)) {
            throw Refused.forbidden("token", "a user's id that is no text", Characters.EXPECTED);
        }
        return id;
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
