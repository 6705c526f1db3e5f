package dev.fanfare.core.channel;

import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Refusal;
import org.jspecify.annotations.Nullable;

/** Checks payloads of one event. Thread-safe. */
@FunctionalInterface
public interface PayloadSchema {
    PayloadSchema ANYTHING = payload -> null;

    /**
     * The first thing wrong with the payload, its field beginning with {@code payload}; null when
     * all is well.
     */
    @Nullable Refusal check(Payload payload);
}
