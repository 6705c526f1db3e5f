package dev.fanfare.ably.access;

import dev.fanfare.protocols.ably.ErrorInfo;
import org.jspecify.annotations.Nullable;

/** The keys of all applications of this server. Any thread; applications come and go. */
public interface Keys {
    /**
     * @param name {@code appId.keyId}
     */
    @Nullable AppKey key(String name);

    boolean knowsApp(String appId);

    /** The key of this name, or why there is none. */
    default AppKey require(String name) throws Denied {
        var key = key(name);
        if (key != null) {
            return key;
        }
        var appId = name.split("\\.", 2)[0];
        throw knowsApp(appId)
                ? Denied.of(40131, "key: " + name + " (expected: one of the application's)")
                : new Denied(new ErrorInfo(40400, 404, "app: no application called " + appId));
    }
}
