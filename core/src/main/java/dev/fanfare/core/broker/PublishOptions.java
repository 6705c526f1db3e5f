package dev.fanfare.core.broker;

import dev.fanfare.core.model.Version;
import org.jspecify.annotations.Nullable;

/**
 * How a message is to be taken.
 *
 * @param idempotencyKey a key seen on the channel within {@link Broker#IDEMPOTENCY_WINDOW} is the
 *     same publish again; null: every publish is new
 * @param version suppressed on a stream that has reached it; null: it has none
 */
public record PublishOptions(
        Retention retention, @Nullable String idempotencyKey, @Nullable Version version) {

    public PublishOptions(Retention retention, @Nullable String idempotencyKey) {
        this(retention, idempotencyKey, null);
    }
}
