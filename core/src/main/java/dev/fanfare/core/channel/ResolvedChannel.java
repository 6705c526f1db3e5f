package dev.fanfare.core.channel;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.access.ChannelOption;
import dev.fanfare.core.model.Channel;
import java.util.Map;

/**
 * A channel name that the catalogue knows: its rules, and what its pattern's variables stand for.
 *
 * @param restricted the name itself says who may subscribe, even where everything is allowed
 */
public record ResolvedChannel(
        Channel channel, ChannelRules rules, Map<String, String> variables, boolean restricted) {
    public ResolvedChannel(Channel channel, ChannelRules rules, Map<String, String> variables) {
        this(channel, rules, variables, false);
    }

    /** The same as a token has it differently for its holder. */
    public ResolvedChannel with(Map<ChannelOption, Boolean> options) {
        return options.isEmpty()
                ? this
                : new ResolvedChannel(channel, rules.with(options), variables, restricted);
    }

    /** The same under another name. */
    ResolvedChannel named(String name) {
        return new ResolvedChannel(new Channel(name), rules, variables, restricted);
    }

    /** The same where the name says that these may subscribe. */
    ResolvedChannel restrictedTo(AccessRule rule) {
        return new ResolvedChannel(channel, rules.subscribedBy(rule), variables, true);
    }
}
