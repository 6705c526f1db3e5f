package dev.fanfare.core.model;

/**
 * One connected client: its public id, unique per connection, and its user's id, empty for an
 * anonymous one.
 */
public record ClientInfo(String client, String user) {
    public boolean isAnonymous() {
        return user.isEmpty();
    }
}
