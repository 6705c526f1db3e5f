package dev.fanfare.core.channel;

/** An event that channels can carry, and what its payload must look like. */
public record EventContract(String name, PayloadSchema schema) {}
