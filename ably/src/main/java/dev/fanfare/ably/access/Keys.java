package dev.fanfare.ably.access;

import org.jspecify.annotations.Nullable;

/** The keys of all applications of this server. Any thread; applications come and go. */
public interface Keys {
    /**
     * @param name {@code appId.keyId}
     */
    @Nullable AppKey key(String name);

    boolean knowsApp(String appId);
}
