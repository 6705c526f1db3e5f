package dev.fanfare.server;

import dev.fanfare.brokers.redis.RedisTopic;
import dev.fanfare.core.channel.Channels;
import dev.fanfare.server.config.ServerConfig;
import dev.fanfare.server.config.ServerConfig.Engine.Store;
import dev.fanfare.server.metrics.ServerMetrics;
import dev.fanfare.server.publish.PubSubListener;
import org.jspecify.annotations.Nullable;

/** The Redis on which backends publish that cannot reach a server over HTTP, where there is one. */
final class PubSub implements AutoCloseable {
    private static final String TOPIC = "fanfare:publish";

    private final @Nullable RedisTopic topic;

    private PubSub(@Nullable RedisTopic topic) {
        this.topic = topic;
    }

    /**
     * Returns at once. A process whose applications publish to another server does not listen: it
     * would hear itself, and take that for a server that has.
     */
    static PubSub start(ServerConfig config, Channels channels, ServerMetrics metrics) {
        var publish = config.publish();
        var address = publish.pubSub();
        var applications = config.operation().applications();
        boolean isBackend = applications != null && applications.telling().elsewhere() != null;
        if (address == null || isBackend) {
            return new PubSub(null);
        }
        var observer = metrics.pubSub();
        var limits = Publishing.limits(publish);
        boolean isShared = config.operation().engine().store() instanceof Store.Redis;
        var listener = new PubSubListener(channels, limits, isShared, observer);
        return new PubSub(RedisTopic.listen(address, TOPIC, listener::onMessage, observer));
    }

    @Override
    public void close() {
        if (topic != null) {
            topic.close();
        }
    }
}
