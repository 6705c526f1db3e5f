package dev.fanfare.core.broker;

import org.jspecify.annotations.Nullable;

/**
 * How a message is to be taken.
 *
 * @param idempotencyKey a key seen on the channel within {@link Broker#IDEMPOTENCY_WINDOW} is the
 *     same publish again; null: every publish is new
 */
public record PublishOptions(Retention retention, @Nullable String idempotencyKey) {}
