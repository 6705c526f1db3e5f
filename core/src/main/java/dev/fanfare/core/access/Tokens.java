package dev.fanfare.core.access;

/**
 * Who judges tokens.
 *
 * @param connection judges those that clients connect with
 * @param subscription judges those that let a client have one channel
 */
public record Tokens(Authenticator connection, Authenticator subscription) {
    /** Where no token is wanted. */
    public static final Tokens NONE = new Tokens(Authenticator.NONE, Authenticator.NONE);
}
