package dev.fanfare.core.model;

/**
 * Which of a channel's subscribers a message is meant for. It travels with the publication and is
 * stored with it, so that replay honours it; whoever is left out still moves past the publication's
 * position.
 */
public sealed interface Audience {
    Audience EVERYONE = new Everyone();

    boolean includes(ClientInfo client);

    record Everyone() implements Audience {
        @Override
        public boolean includes(ClientInfo client) {
            return true;
        }
    }

    /** Everybody but the connections of one user. */
    record ExceptUser(String user) implements Audience {
        @Override
        public boolean includes(ClientInfo client) {
            return !client.user().equals(user);
        }
    }
}
