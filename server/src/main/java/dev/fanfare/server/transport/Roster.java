package dev.fanfare.server.transport;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which users are there, by their clients: a user with several counts once. What is said twice
 * changes nothing. Lives on one event loop.
 */
final class Roster {
    private record Place(Channel channel, String client) {}

    private final Map<Place, String> clients = new HashMap<>();
    private final Map<String, Integer> users = new HashMap<>();

    Set<String> users() {
        return users.keySet();
    }

    /** True: nobody of this user was there before. Nobody in particular is nobody. */
    boolean enter(Channel channel, ClientInfo client) {
        var user = client.user();
        return !client.isAnonymous()
                && clients.putIfAbsent(new Place(channel, client.client()), user) == null
                && users.merge(user, 1, Integer::sum) == 1;
    }

    /** True: nobody of this user is there any more. */
    boolean leave(Channel channel, ClientInfo client) {
        var user = clients.remove(new Place(channel, client.client()));
        return user != null
                && users.computeIfPresent(user, (key, count) -> count == 1 ? null : count - 1)
                        == null;
    }
}
