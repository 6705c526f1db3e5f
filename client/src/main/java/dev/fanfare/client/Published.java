package dev.fanfare.client;

/**
 * Where a message stands in its channel; 0 and empty where the channel keeps no history.
 *
 * @param epoch which history it is that the offset counts in
 */
public record Published(long offset, String epoch) {}
