package dev.fanfare.ably.access;

import org.jspecify.annotations.Nullable;

/**
 * What a token gives to whoever bears it.
 *
 * @param key that it was made with
 * @param clientId whom the bearer acts as; {@link Access#ANY}: as any that they name; null: as
 *     nobody
 */
record Grant(AppKey key, Capability capability, @Nullable String clientId, Access.Term term) {

    /** As far as the key goes. */
    Access access(@Nullable String wanted) throws Denied {
        var allowed = key.capability().intersect(capability);
        if (allowed.isEmpty()) {
            throw Denied.of(40160, "capability: nothing that key " + key.name() + " allows");
        }
        return new Access(key.appId(), key.name(), false, allowed, acting(wanted), term);
    }

    private @Nullable String acting(@Nullable String wanted) throws Denied {
        if (wanted == null || wanted.equals(clientId)) {
            return clientId;
        }
        if (clientId == null || !clientId.equals(Access.ANY)) {
            throw Denied.of(
                    40102,
                    "clientId: %s (expected: %s, as the token says)"
                            .formatted(wanted, clientId == null ? "none" : clientId));
        }
        return wanted;
    }
}
