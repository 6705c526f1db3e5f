package dev.fanfare.ably.access;

/** What somebody shows to be let in. */
public sealed interface Credentials {
    /**
     * @param text {@code appId.keyId:secret}
     */
    record Key(String text) implements Credentials {
        @Override
        public String toString() {
            return "Key[(hidden)]";
        }
    }

    /**
     * @param text a token of ours or a JWT
     */
    record Token(String text) implements Credentials {
        @Override
        public String toString() {
            return "Token[(hidden)]";
        }
    }

    record None() implements Credentials {}
}
