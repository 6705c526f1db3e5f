package dev.fanfare.server.cluster;

import java.time.Instant;

/**
 * This process, as others tell it from the rest.
 *
 * @param id never given twice
 * @param name for people
 */
public record Node(String id, String name, String version, Instant startedAt) {}
