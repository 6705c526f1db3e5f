package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Judge;
import dev.fanfare.ably.access.Revocations;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What connections need of where they are.
 *
 * @param maxPendingBytes queued for a client before it is judged by how it reads
 */
public record Surroundings(
        Naming naming,
        Judge judge,
        Revocations revocations,
        InstantSource clock,
        RandomGenerator random,
        long maxPendingBytes) {
    /**
     * @param server as clients are told it
     * @param connections makes their ids: public, but not to be guessed
     * @param secrets makes what only one client is told: 32 hexadecimal digits
     */
    public record Naming(String server, Supplier<String> connections, Supplier<String> secrets) {}
}
