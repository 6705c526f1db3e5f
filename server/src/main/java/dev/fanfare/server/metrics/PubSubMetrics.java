package dev.fanfare.server.metrics;

import dev.fanfare.brokers.redis.RedisObserver;
import dev.fanfare.server.publish.PubSubListener;
import dev.fanfare.server.publish.PublishEndpoint;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is heard on the Redis of backends, and whether it can be heard. The log has one line for
 * each loss and one for each return.
 */
public final class PubSubMetrics implements PubSubListener.Observer, RedisObserver {
    private static final Logger LOG = LoggerFactory.getLogger("fanfare.pubsub");

    private final PublishEndpoint.Observer publications;
    private final LongAdder heard = new LongAdder();
    private final LongAdder refused = new LongAdder();

    /** Said in the log, where it is not connected. */
    private final AtomicBoolean isLossKnown = new AtomicBoolean();

    private volatile boolean isConnected;

    /**
     * @param publications hears of them as of those that come over HTTP
     */
    PubSubMetrics(MeterRegistry registry, PublishEndpoint.Observer publications) {
        this.publications = publications;
        FunctionCounter.builder("fanfare.pubsub.messages", heard, LongAdder::sum)
                .description("Messages of backends heard on Redis")
                .register(registry);
        FunctionCounter.builder("fanfare.pubsub.refusals", refused, LongAdder::sum)
                .description("Publications heard on Redis and refused")
                .register(registry);
        Gauge.builder("fanfare.pubsub.connected", this, metrics -> metrics.isConnected ? 1 : 0)
                .description("Whether the Redis of backends is heard: 1 or 0")
                .register(registry);
    }

    @Override
    public void heard() {
        heard.increment();
    }

    @Override
    public void published() {
        publications.published();
    }

    @Override
    public void refused(String reason) {
        refused.increment();
        publications.refused(reason);
    }

    @Override
    public void onConnected(String server) {
        isConnected = true;
        isLossKnown.set(false);
        LOG.info("{}: backends that publish there are heard", server);
    }

    @Override
    public void onDisconnected(String server, String why) {
        isConnected = false;
        if (isLossKnown.compareAndSet(false, true)) {
            LOG.warn("{}: backends that publish there are not heard: {}", server, why);
        } else {
            LOG.debug("{}: still not there: {}", server, why);
        }
    }

    @Override
    public void onFailed(String server, String operation, String why) {
        LOG.warn("{}: {} refused: {}", server, operation, why);
    }

    @Override
    public void onTimeout(String server, String operation) {
        LOG.debug("{}: no answer to {} in time", server, operation);
    }

    @Override
    public void onAnswered(String server, long nanos) {}
}
