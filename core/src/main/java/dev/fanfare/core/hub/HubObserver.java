package dev.fanfare.core.hub;

import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Publication;
import java.util.List;

/**
 * Watches what shards deliver. Called on their event loops, so from several threads; it must be
 * quick.
 */
@FunctionalInterface
public interface HubObserver {
    HubObserver NONE = (publications, deliveries) -> {};

    /**
     * Publications were written and flushed to all their subscribers of one shard.
     *
     * @param deliveries how many times one of them went to a client
     */
    void delivered(List<Publication> publications, int deliveries);

    /**
     * Some subscribers of the channel did not get a run of publications: we are wrong somewhere.
     */
    default void failed(Channel channel, RuntimeException cause) {}
}
