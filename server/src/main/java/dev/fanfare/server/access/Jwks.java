package dev.fanfare.server.access;

import java.time.Duration;

/**
 * Where public keys are published as JSON Web Key Sets (RFC 7517), and how they are asked for.
 *
 * @param timeout of one request, from its beginning to the last byte of the answer
 * @param maxAge keys that are older are asked for anew before they are used
 * @param minInterval between two requests to one URL, whatever tokens say
 */
public record Jwks(JwksUrl url, Duration timeout, Duration maxAge, Duration minInterval) {}
