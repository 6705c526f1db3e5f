package dev.fanfare.server.cluster;

import dev.fanfare.core.model.Disconnect;
import dev.fanfare.core.model.Unavailable;
import dev.fanfare.core.node.Nodes;
import dev.fanfare.core.session.UserDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what operators should know of the talk between nodes, and minds what this node has not
 * heard: clients that a backend may have wanted gone have to come back, and show their tokens
 * again.
 */
public record ClusterWatch(UserDirectory users) implements Nodes.Observer {
    private static final Logger LOG = LoggerFactory.getLogger("fanfare.cluster");

    @Override
    public void failed(String topic, Throwable why) {
        if (Unavailable.isCauseOf(why)) {
            LOG.info("a node asked in vain: {}: {}", topic, why.getMessage());
        } else {
            LOG.error("a node asked in vain: {}", topic, why);
        }
    }

    @Override
    public void missed(long questions) {
        LOG.warn(
                "this node was cut off for too long and has missed {} commands: all its clients"
                        + " have to connect anew",
                questions);
        users.disconnectAll(Disconnect.INSUFFICIENT_STATE);
    }
}
