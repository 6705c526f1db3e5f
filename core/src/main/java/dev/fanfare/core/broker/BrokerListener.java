package dev.fanfare.core.broker;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Publication;
import java.util.Collection;

/**
 * Where a broker hands its publications over. Called from any thread, for one channel never by two
 * at once, perhaps with the channel's lock held: an implementation queues and returns, it neither
 * blocks nor calls the broker.
 */
@FunctionalInterface
public interface BrokerListener {
    void onPublication(Publication publication);

    /** Those of one client on one channel come in the order they were announced in. */
    default void onMembership(Channel channel, Membership membership) {}

    /**
     * Publications of these channels may have been missed, up to now: whoever counts on having
     * heard everything looks into their history.
     */
    default void onInterruption(Collection<Channel> channels) {}
}
