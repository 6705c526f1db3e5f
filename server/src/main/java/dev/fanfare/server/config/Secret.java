package dev.fanfare.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A text that no message, log or {@code toString} may show. */
public record Secret(String value) {
    public byte[] bytes() {
        return value.getBytes(UTF_8);
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
