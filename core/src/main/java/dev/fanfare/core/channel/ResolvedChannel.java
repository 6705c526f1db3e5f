package dev.fanfare.core.channel;

import dev.fanfare.core.model.Channel;
import java.util.Map;

/**
 * A channel name that the catalogue knows: its rules, and what its pattern's variables stand for.
 */
public record ResolvedChannel(Channel channel, ChannelRules rules, Map<String, String> variables) {}
