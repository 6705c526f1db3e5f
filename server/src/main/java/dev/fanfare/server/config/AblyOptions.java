package dev.fanfare.server.config;

import dev.fanfare.ably.access.AppKey;
import dev.fanfare.ably.access.TokenTerms;
import dev.fanfare.ably.app.Limits;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The protocol and the REST API that are compatible with Ably's.
 *
 * @param keys of all applications; none, and no sandbox: nothing of it is served
 * @param sandbox null: nobody can make applications
 */
public record AblyOptions(
        List<AppKey> keys, TokenTerms terms, Limits limits, @Nullable Sandbox sandbox) {
    /**
     * @param apps the most that there can be at once
     * @param lifetime of each
     */
    public record Sandbox(int apps, Duration lifetime) {}

    public AblyOptions {
        keys = List.copyOf(keys);
    }

    public boolean isServed() {
        return !keys.isEmpty() || sandbox != null;
    }
}
