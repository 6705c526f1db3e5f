package dev.fanfare.core.channel;

import dev.fanfare.core.access.AccessRule;
import dev.fanfare.core.broker.Retention;
import java.util.Map;

/**
 * What may happen on the channels of one pattern.
 *
 * @param presence whether members are kept
 * @param joinLeave whether subscribers that want it hear who comes and goes
 * @param events what the channels carry, by name; empty: anything, named or not
 */
public record ChannelRules(
        Access access,
        Retention retention,
        boolean presence,
        boolean joinLeave,
        Map<String, EventContract> events) {
    public ChannelRules {
        events = Map.copyOf(events);
    }

    /** Without join and leave. */
    public ChannelRules(
            Access access,
            Retention retention,
            boolean presence,
            Map<String, EventContract> events) {
        this(access, retention, presence, false, events);
    }

    /** The same where nobody may subscribe by rule. */
    ChannelRules closed() {
        var closed =
                new Access(
                        AccessRule.NOBODY, access.publish(), access.presence(), access.history());
        return new ChannelRules(closed, retention, presence, joinLeave, events);
    }

    public boolean keepsHistory() {
        return retention.keepsHistory();
    }

    /** Who may do what. Backends with their own credential are asked for none of this. */
    public record Access(
            AccessRule subscribe, AccessRule publish, AccessRule presence, AccessRule history) {
        public AccessRule rule(Action action) {
            return switch (action) {
                case SUBSCRIBE -> subscribe;
                case PUBLISH -> publish;
                case PRESENCE -> presence;
                case HISTORY -> history;
            };
        }
    }
}
