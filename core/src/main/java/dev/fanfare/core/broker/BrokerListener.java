package dev.fanfare.core.broker;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Publication;

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
}
