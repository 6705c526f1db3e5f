package dev.fanfare.server.api;

import dev.fanfare.protocols.json.JsonReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads {@code expire_at}, which counts seconds since 1970. */
final class ExpiryReader {
    private static final long LATEST = Long.MAX_VALUE / 1000;

    private ExpiryReader() {}

    /** In milliseconds since 1970; null for 0, which says nothing, and after a fault. */
    static @Nullable Long read(JsonReader reader) throws IOException {
        long seconds = reader.count("expire_at");
        return seconds <= 0 ? null : Math.min(seconds, LATEST) * 1000;
    }
}
