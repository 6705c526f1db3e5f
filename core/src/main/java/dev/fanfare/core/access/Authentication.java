package dev.fanfare.core.access;

/** What became of a token. */
public sealed interface Authentication {
    record Accepted(Identity identity) implements Authentication {}

    /** Good once, but its time is over. */
    record Expired() implements Authentication {}

    /**
     * @param why as words that finish "got: …"; never the token itself
     */
    record Invalid(String why) implements Authentication {}
}
