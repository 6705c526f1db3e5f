package dev.fanfare.ably.access;

/** Which operations are allowed on which channels. Immutable. */
public interface Capability {
    boolean allows(Operation operation, String channel);
}
