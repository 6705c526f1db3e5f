package dev.fanfare.brokers.redis;

import dev.fanfare.brokers.redis.RedisAddress.Access;
import dev.fanfare.brokers.redis.RedisAddress.Node;
import dev.fanfare.brokers.redis.RedisAddress.Standalone;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * What anybody says on one topic of one Redis, heard until this is closed. It connects by itself,
 * and again when it has lost the connection; what is said meanwhile is not heard.
 */
public final class RedisTopic implements AutoCloseable {
    /** Seconds until whatever is still open is closed without ceremony. */
    private static final long CLOSING = 5;

    /** Any Redis will do: nothing is kept there. */
    private record Anyone(Node node, Access access) implements Link.Place {
        @Override
        public CompletionStage<Node> find() {
            return CompletableFuture.completedFuture(node);
        }

        @Override
        public void examine(Node examined, Identity identity) {}

        @Override
        public boolean has(int slot) {
            return true;
        }

        @Override
        public boolean isSharded() {
            return false;
        }

        @Override
        public boolean isGone(String error) {
            return false;
        }
    }

    private record Ear(Consumer<byte[]> listener) implements Servers.Ear {
        @Override
        public void onMessage(String topic, byte[] message) {
            listener.accept(message);
        }

        @Override
        public void onInterruption(Collection<String> topics) {
            // What was not heard is nowhere to be had.
        }
    }

    private final Connector connector;
    private final Link link;

    private RedisTopic(Connector connector, Link link) {
        this.connector = connector;
        this.link = link;
    }

    /**
     * Returns at once, whether there is such a Redis or not.
     *
     * @param listener called on a thread of the client's, for one message after the other; must not
     *     block
     */
    public static RedisTopic listen(
            Standalone address, String topic, Consumer<byte[]> listener, RedisObserver observer) {
        var options = RedisOptions.of(address);
        var connector = new Connector(options, observer);
        var place = new Anyone(address.node(), address.access());
        var link = new Link(place, new WantedTopics(), connector, options, observer);
        var _ = link.subscribe(topic, topic, new Ear(listener));
        var _ = link.start();
        long often = Math.max(1, options.timeout().toMillis() / 8);
        var _ =
                connector
                        .control()
                        .scheduleAtFixedRate(link::sweep, often, often, TimeUnit.MILLISECONDS);
        return new RedisTopic(connector, link);
    }

    @Override
    public void close() {
        link.close()
                .toCompletableFuture()
                .completeOnTimeout(null, CLOSING, TimeUnit.SECONDS)
                .join();
        connector.close();
    }
}
