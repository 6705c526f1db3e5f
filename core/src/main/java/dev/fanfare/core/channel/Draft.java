package dev.fanfare.core.channel;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Payload;
import org.jspecify.annotations.Nullable;

/**
 * A message somebody wants published, unchecked.
 *
 * @param id a repeat of it within the idempotency window is the same message; null: every publish
 *     is new
 * @param event the event's name; null: the payload names none
 */
public record Draft(
        String channel,
        @Nullable String id,
        @Nullable String event,
        Payload payload,
        Audience audience) {}
