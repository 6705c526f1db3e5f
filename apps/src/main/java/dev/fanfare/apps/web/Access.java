package dev.fanfare.apps.web;

/** Who may use a route. */
public enum Access {
    ANYONE,
    /** Whoever shows a valid token that names a user. */
    SIGNED_IN,
    /** Likewise, and backends that show a key of the server's API. */
    SIGNED_IN_OR_BACKEND,
    /** Whose token says {@code role: admin}. */
    ADMIN
}
