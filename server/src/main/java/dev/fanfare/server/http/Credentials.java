package dev.fanfare.server.http;

import org.jspecify.annotations.Nullable;

/** Reads Authorization headers (RFC 6750, section 2.1). */
public final class Credentials {
    private static final String BEARER = "Bearer ";

    private Credentials() {}

    /** The token of a bearer credential; null for any other kind. */
    public static @Nullable String bearer(@Nullable String authorization) {
        if (authorization == null
                || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return null;
        }
        return authorization.substring(BEARER.length()).strip();
    }
}
