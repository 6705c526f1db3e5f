package dev.fanfare.server.config;

import dev.fanfare.core.channel.Catalogue;
import dev.fanfare.core.channel.ChannelRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The channels that an endpoint may name.
 *
 * @param catalogue null: it is broken, and everything is known
 */
record KnownChannels(@Nullable Catalogue catalogue) {
    /** One of them stands for a user in any type of variable. */
    private static final List<String> USERS = List.of("1", "00000000-0000-0000-0000-000000000000");

    /**
     * @param channel in which {@code {user}} stands for a user's id
     */
    boolean contains(String channel) {
        var known = catalogue;
        return known == null
                || USERS.stream()
                        .anyMatch(user -> known.find(channel.replace("{user}", user)) != null);
    }

    /** Whether one is known there to be kept who is there. */
    boolean keepsPresence(String channel) {
        var rules = rules(channel);
        return rules == null ? catalogue == null : rules.presence();
    }

    /** Null where the channel is not known. */
    @Nullable ChannelRules rules(String channel) {
        var found = catalogue == null ? null : catalogue.find(channel);
        return found == null ? null : found.rules();
    }
}
