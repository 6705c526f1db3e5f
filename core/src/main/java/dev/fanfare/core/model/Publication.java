package dev.fanfare.core.model;

/**
 * A message that the broker has accepted and placed.
 *
 * @param position where it stands, {@link StreamPosition#NONE} on a channel without history
 * @param time when the broker took it, in milliseconds since 1970
 */
public record Publication(Channel channel, StreamPosition position, long time, Message message) {}
