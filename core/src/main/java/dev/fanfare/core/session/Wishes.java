package dev.fanfare.core.session;

import dev.fanfare.core.access.Grant;
import dev.fanfare.core.channel.Action;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.core.protocol.Command;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The channels a connection gets from its beginning: those it is given, and those it proposes
 * itself as far as it may have them. A proposal also says where a given one continues.
 */
final class Wishes {
    private final Channels channels;
    private final Pass pass;
    private final Map<String, Wish> all = new LinkedHashMap<>();
    private boolean unknown;

    Wishes(Channels channels, Pass pass) {
        this.channels = channels;
        this.pass = pass;
    }

    void give(String channel) {
        all.put(channel, new Wish(channel, null));
    }

    void grant(Grant grant) {
        all.put(grant.channel(), Wish.of(grant));
    }

    void propose(Command.Subscribe proposal) {
        var name = proposal.channel();
        if (all.containsKey(name) || mayHave(name)) {
            var wish = all.getOrDefault(name, new Wish(name, null));
            all.put(name, wish.continued(proposal.since(), proposal.options()));
        }
    }

    /** Whether a channel was proposed that nobody can have. */
    boolean hasUnknown() {
        return unknown;
    }

    List<Wish> all() {
        return List.copyOf(all.values());
    }

    private boolean mayHave(String name) {
        var resolved = channels.find(name);
        unknown |= resolved == null;
        return resolved != null && pass.refusal(Action.SUBSCRIBE, resolved, false) == null;
    }
}
