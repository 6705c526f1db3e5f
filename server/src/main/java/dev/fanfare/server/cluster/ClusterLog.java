package dev.fanfare.server.cluster;

import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.node.Nodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What operators should know of the talk between nodes. */
public final class ClusterLog implements Nodes.Observer {
    private static final Logger LOG = LoggerFactory.getLogger("fanfare.cluster");

    @Override
    public void failed(String topic, Throwable why) {
        if (Unavailable.isCauseOf(why)) {
            LOG.info("another node asked in vain: {}: {}", topic, why.getMessage());
        } else {
            LOG.error("another node asked in vain: {}", topic, why);
        }
    }

    @Override
    public void missed(long messages) {
        LOG.warn(
                "{} messages of other nodes came too late to be heard: commands of backends may not"
                        + " have been carried out here",
                messages);
    }
}
