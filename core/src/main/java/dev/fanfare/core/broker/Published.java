package dev.fanfare.core.broker;

import dev.fanfare.core.model.StreamPosition;

/**
 * What became of a publish.
 *
 * @param position where the message stands, {@link StreamPosition#NONE} without history
 * @param repeated nothing was delivered: the key was known, and this is the first publish's answer;
 *     or the stream had reached the version, and this is its top
 */
public record Published(StreamPosition position, boolean repeated) {}
