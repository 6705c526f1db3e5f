package dev.fanfare.ably.realtime;

import dev.fanfare.ably.access.Judge;
import dev.fanfare.ably.access.Revocations;
import java.time.InstantSource;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What connections need of where they are.
 *
 * @param connectionIds public, but not to be guessed
 * @param secrets of 32 hexadecimal digits
 * @param maxPendingBytes queued for a client that does not read; beyond it the client is cut off
 */
public record Surroundings(
        String serverId,
        Judge judge,
        Revocations revocations,
        InstantSource clock,
        RandomGenerator random,
        Supplier<String> connectionIds,
        Supplier<String> secrets,
        long maxPendingBytes) {}
