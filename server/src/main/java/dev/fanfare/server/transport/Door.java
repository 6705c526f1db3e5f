package dev.fanfare.server.transport;

import dev.fanfare.core.session.SessionRules;
import dev.fanfare.core.session.UserSessions;
import dev.fanfare.server.config.Endpoint;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint in use: what is configured, and what its connections share.
 *
 * @param rivals the register of users that may have one connection here; null: they may have many
 */
public record Door(Endpoint endpoint, SessionRules rules, @Nullable UserSessions rivals) {
    public static Door of(Endpoint endpoint, SessionRules rules) {
        return new Door(
                endpoint,
                rules,
                switch (endpoint.connections()) {
                    case ALL -> null;
                    case NEWEST -> new UserSessions();
                });
    }
}
