package dev.fanfare.ably.access;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one key are no longer good.
 *
 * @param issuedBefore later ones are not meant; in milliseconds since 1970
 * @param appliesAt they are good until then; in milliseconds since 1970
 */
public record Revocation(String keyName, Target target, long issuedBefore, long appliesAt) {
    /** By what tokens can be picked out. */
    public enum Type {
        CLIENT_ID("clientId"),
        REVOCATION_KEY("revocationKey"),
        /** A family of names that the token's capability names. */
        CHANNEL("channel");

        private final String word;

        Type(String word) {
            this.word = word;
        }
    }

    /** What tokens have in common. */
    public record Target(Type type, String value) {
        /**
         * @return null where it is none
         */
        public static @Nullable Target parse(String text) {
            int colon = text.indexOf(':');
            for (var type : Type.values()) {
                if (colon >= 0 && type.word.equals(text.substring(0, colon))) {
                    return new Target(type, text.substring(colon + 1));
                }
            }
            return null;
        }

        /** By all of these the token can be picked out that somebody came with. */
        static Stream<Target> of(Access access) {
            var channels =
                    access.capability().resources().map(name -> new Target(Type.CHANNEL, name));
            return Stream.concat(
                    Stream.concat(
                            Stream.ofNullable(access.clientId())
                                    .map(id -> new Target(Type.CLIENT_ID, id)),
                            Stream.ofNullable(access.term().revocationKey())
                                    .map(key -> new Target(Type.REVOCATION_KEY, key))),
                    channels);
        }

        /** As in {@code clientId:peter}. */
        @Override
        public String toString() {
            return type.word + ":" + value;
        }
    }

    /** Whether this is of the token that somebody came with. */
    public boolean covers(Access access) {
        return !access.byKey()
                && access.keyName().equals(keyName)
                && access.term().issuedAt() < issuedBefore
                && Target.of(access).anyMatch(target::equals);
    }
}
