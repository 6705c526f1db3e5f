package dev.fanfare.apps.hub;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user has done.
 *
 * @param name {@code slot.spin}
 * @param data values of the JDK
 */
public record Action(
        long user, String name, Map<String, ? extends @Nullable Object> data, Instant at) {}
