package dev.fanfare.core.session;

import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command.Subscribe.Options;
import org.jspecify.annotations.Nullable;

/**
 * A channel that a connection wants from its beginning. It is always positioned, and recoverable
 * where history is kept.
 *
 * @param since continue after this position; null: from now on
 */
public record Wish(String channel, @Nullable StreamPosition since) {
    static final Options OPTIONS = new Options(true, true, true, false);
}
