package dev.fanfare.server.metrics;

import dev.fanfare.ably.realtime.Link;
import dev.fanfare.ably.realtime.LinkObserver;
import dev.fanfare.protocols.ably.ErrorInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells metrics and the log what connections compatible with Ably do. The log names connection,
 * application and reason; it never sees a key or a token.
 */
final class LinkMetrics implements LinkObserver {
    private static final Logger LOG = LoggerFactory.getLogger("fanfare.ably");

    private final ServerMetrics metrics;

    LinkMetrics(ServerMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void connected(Link link) {
        metrics.linked();
        LOG.debug("connection {} of app {} connected", link.connectionId(), link.app().id());
    }

    @Override
    public void disconnected(Link link) {
        metrics.unlinked();
        LOG.debug("connection {} of app {} disconnected", link.connectionId(), link.app().id());
    }

    @Override
    public void refused(ErrorInfo why) {
        metrics.refused("connect", String.valueOf(why.code()));
        LOG.info("connection refused or ended: {} {}", why.code(), why.message());
    }

    @Override
    public void sent(int bytes) {
        metrics.sent(bytes);
    }
}
