package dev.fanfare.apps.sessions;

/**
 * The key that the server's endpoint compatible with Ably knows.
 *
 * @param name {@code appId.keyId}
 */
public record AblyKey(String name, String secret) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "AblyKey[name=" + name + "]";
    }
}
