package dev.fanfare.check.client;

import dev.fanfare.check.history.Run.ChannelRules;
import java.util.List;

/** Who a client is, and what it listens to. No two have the same name or user. */
public record Profile(String name, String user, Protocol protocol, List<ChannelRules> channels) {
    public Profile {
        channels = List.copyOf(channels);
    }

    ChannelRules rules(String channel) {
        return channels.stream()
                .filter(rules -> rules.name().equals(channel))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no " + channel));
    }
}
