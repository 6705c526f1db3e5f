package dev.fanfare.core.session;

import java.util.Set;

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
}
