package dev.fanfare.core.session;

import dev.fanfare.core.model.StreamPosition;
import org.jspecify.annotations.Nullable;

/**
 * A channel that a connection wants from its beginning.
 *
 * @param since continue after this position; null: from now on
 */
public record Wish(String channel, @Nullable StreamPosition since) {}
