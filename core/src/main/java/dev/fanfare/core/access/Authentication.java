package dev.fanfare.core.access;

/** What became of a token. */
public sealed interface Authentication {
    record Accepted(Identity identity) implements Authentication {}

    /** Good once, but its time is over. */
    record Expired() implements Authentication {}

    /**
     * @param why for the client and the log; never the token
     */
    record Invalid(String why) implements Authentication {}
}
