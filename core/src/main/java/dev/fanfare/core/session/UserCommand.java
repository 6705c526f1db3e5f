package dev.fanfare.core.session;

import dev.fanfare.core.access.Grant;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.StreamPosition;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a backend wants done to a user's connections, whatever they want themselves. Data alone: it
 * means the same on every node.
 */
public sealed interface UserCommand {
    Target target();

    /**
     * Whose connections.
     *
     * @param client the id of the one connection that is meant; empty: any
     * @param session the secret name of the one session that is meant; empty: any
     */
    record Target(String user, String client, String session) {
        /** All connections of the user. */
        public static Target of(String user) {
            return new Target(user, "", "");
        }

        boolean means(Session.Peer peer) {
            var place = peer.place();
            return peer.client().user().equals(user)
                    && (client.isEmpty() || peer.client().client().equals(client))
                    && (session.isEmpty() || (place != null && place.session().equals(session)));
        }
    }

    /**
     * Ends them.
     *
     * @param spared ids of clients that stay
     */
    record Disconnect(Target target, Set<String> spared, dev.fanfare.core.model.Disconnect why)
            implements UserCommand {
        public Disconnect {
            spared = Set.copyOf(spared);
        }
    }

    /**
     * Gives them a channel. Those that have it keep it as it is.
     *
     * @param since they are sent what was published after it; null: only what comes from now on
     * @param expiresAt in milliseconds since 1970; {@link dev.fanfare.core.access.Identity#NEVER}
     *     without end
     */
    record Subscribe(Target target, Grant grant, @Nullable StreamPosition since, long expiresAt)
            implements UserCommand {}

    /** Takes a channel from them, however they came by it. */
    record Unsubscribe(Target target, String channel) implements UserCommand {}

    /**
     * Changes what their tokens say.
     *
     * @param expiresAt as in {@link Subscribe}; in the past: they end; null: as it is
     * @param info about the user, for others to see; {@link Payload#NONE}: as it is
     */
    record Refresh(Target target, @Nullable Long expiresAt, Payload info) implements UserCommand {}
}
