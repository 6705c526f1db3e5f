package dev.fanfare.apps.web;

/** Who may use a route. */
public enum Access {
    ANYONE,
    /** Whoever shows a valid token that names a user. */
    SIGNED_IN,
    /** Whose token says {@code role: admin}. */
    ADMIN
}
