package dev.fanfare.check.client;

/**
 * Where a node can be reached, over all its restarts.
 *
 * @param port on this machine
 */
public record Address(String node, int port) {}
