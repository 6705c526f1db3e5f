package dev.fanfare.server.publish;

/**
 * How much one publish request may hold.
 *
 * @param body in bytes
 * @param payload of each publication, in bytes
 * @param members of an array
 */
public record PublishLimits(int body, int payload, int members) {}
