package dev.fanfare.core.access;

import dev.fanfare.core.model.Payload;
import java.util.Map;

/**
 * A channel that somebody may have, whatever the channel's rule says.
 *
 * @param info about the holder, for others on the channel to see; {@link Payload#NONE}: nothing
 * @param data for the holder, told when it is subscribed
 * @param options that differ from the channel's
 */
public record Grant(
        String channel, Payload info, Payload data, Map<ChannelOption, Boolean> options) {
    public Grant {
        options = Map.copyOf(options);
    }

    /** The channel as it is. */
    public static Grant of(String channel) {
        return new Grant(channel, Payload.NONE, Payload.NONE, Map.of());
    }
}
