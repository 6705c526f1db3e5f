package dev.fanfare.apps.sessions;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How sessions work.
 *
 * @param largestData of an event, in bytes: what the server takes
 * @param nudgeInterval how long after a nudge the same partner of a session gets no other
 * @param devicesPerUser beyond that the one registered longest ago is forgotten
 * @param ablyKey what tokens for Ably's clients are signed with; null: there are none
 */
public record SessionOptions(
        PushTexts texts,
        int largestData,
        Duration nudgeInterval,
        int devicesPerUser,
        @Nullable AblyKey ablyKey,
        Duration ablyTokenLifetime) {}
