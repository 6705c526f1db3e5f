package dev.fanfare.core.session;

import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.protocol.Command.Subscribe.Options;
import org.jspecify.annotations.Nullable;

/**
 * A channel that a connection wants from its beginning. It is always positioned, and recoverable
 * where history is kept.
 *
 * @param since continue after this position; null: from now on
 * @param granted whether its token gives it the channel, whatever the channel's rule says
 */
public record Wish(String channel, @Nullable StreamPosition since, boolean granted) {
    static final Options OPTIONS = new Options("", true, true, true, false);

    public Wish(String channel, @Nullable StreamPosition since) {
        this(channel, since, false);
    }
}
