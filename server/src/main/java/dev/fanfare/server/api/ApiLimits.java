package dev.fanfare.server.api;

/**
 * How much one call may bring.
 *
 * @param body in bytes
 * @param payload in bytes
 * @param members channels of a broadcast, commands of a batch or of a body with several lines
 */
public record ApiLimits(int body, int payload, int members) {}
