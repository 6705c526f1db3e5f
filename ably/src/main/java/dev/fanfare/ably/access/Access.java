package dev.fanfare.ably.access;

import org.jspecify.annotations.Nullable;

/**
 * Who somebody is and what they may do, as their key or token says.
 *
 * @param app the application's id
 * @param keyName of the key that it comes from: {@code appId.keyId}
 * @param byKey whether they have the key itself, and no token made with it
 * @param clientId they act as; {@link #ANY}: as any that they name; null: as nobody
 * @param term until when, and what can end it earlier
 */
public record Access(
        String app,
        String keyName,
        boolean byKey,
        Capability capability,
        @Nullable String clientId,
        Term term) {
    /** They may name any client id. */
    public static final String ANY = "*";

    /**
     * @param issuedAt in milliseconds since 1970
     * @param expiresAt in milliseconds since 1970; {@link Long#MAX_VALUE}: never
     * @param revocationKey by which it can be revoked; null: none of its own
     */
    public record Term(long issuedAt, long expiresAt, @Nullable String revocationKey) {
        public static final Term ENDLESS = new Term(0, Long.MAX_VALUE, null);
    }

    public boolean allows(Operation operation, String channel) {
        return capability.allows(operation, channel);
    }
}
