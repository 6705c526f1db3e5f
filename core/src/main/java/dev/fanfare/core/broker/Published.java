package dev.fanfare.core.broker;

import dev.fanfare.core.model.StreamPosition;

/**
 * What became of a publish.
 *
 * @param position where the message stands, {@link StreamPosition#NONE} without history
 * @param repeated the id was known: this is the first publish's answer, and nothing was delivered
 */
public record Published(StreamPosition position, boolean repeated) {}
