package dev.fanfare.core.presence;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.ClientInfo;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers who has expired and who has returned. Any thread. */
public final class HeardChanges implements PresenceListener {
    private final List<String> all = new CopyOnWriteArrayList<>();

    /** Such as {@code client1 expired from room}, in the order heard. */
    public List<String> all() {
        return List.copyOf(all);
    }

    @Override
    public void onExpired(Channel channel, ClientInfo member) {
        all.add(member.client() + " expired from " + channel);
    }

    @Override
    public void onReturned(Channel channel, ClientInfo member) {
        all.add(member.client() + " returned to " + channel);
    }
}
