package dev.fanfare.client;

import dev.fanfare.client.RealtimeException.Code;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes events: over HTTP, and where the server cannot be reached, through Redis. Events of one
 * channel go out one after the other in the order of the calls; those of different channels side by
 * side. Thread-safe; one is enough for a program.
 *
 * <pre>{@code
 * var publisher = Publisher.fromEnvironment();
 * publisher.publish("post:456", message);
 * publisher.publishAfterCommit(transaction, "post:456", message);
 * }</pre>
 */
public final class Publisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    /** How long {@link #close} waits for what is under way. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Delivery delivery;
    private final PublishObserver observer;
    private final Turns turns;

    /**
     * With at most 10,000 events that wait or are under way, 1,000 of these of one channel.
     *
     * @param delivery is closed with this publisher
     */
    public Publisher(Delivery delivery, PublishObserver observer) {
        this(
                delivery,
                observer,
                PublisherConfig.MAX_WAITING,
                PublisherConfig.MAX_WAITING_PER_CHANNEL);
    }

    Publisher(Delivery delivery, PublishObserver observer, int maxWaiting, int maxPerChannel) {
        this.delivery = delivery;
        this.observer = observer;
        turns = new Turns(delivery, maxWaiting, maxPerChannel);
    }

    /** As {@link PublisherConfig#fromEnvironment} says. */
    public static Publisher fromEnvironment() {
        return of(PublisherConfig.fromEnvironment(), PublishObserver.NONE);
    }

    public static Publisher of(PublisherConfig config, PublishObserver observer) {
        return new Publisher(
                delivery(config, observer),
                observer,
                config.maxWaiting(),
                config.maxWaitingPerChannel());
    }

    /** The way that this configuration describes: HTTP, and Redis behind it where there is one. */
    public static Delivery delivery(PublisherConfig config, PublishObserver observer) {
        var http = new HttpDelivery(config).observed("http", observer);
        if (config.redisUrl().isEmpty()) {
            return http;
        }
        var redis = new RedisDelivery(config.redisUrl(), config.timeout());
        var both = new FallbackDelivery(http, redis.observed("redis", observer), observer);
        return new BoundedDelivery(both, config.maxUnderWay()); // who waits learns of a time-out
    }

    /**
     * Returns when the event is taken.
     *
     * @throws RealtimeException where it is not, or nobody knows
     */
    public void publish(String channel, Message message) {
        publish(Event.of(channel, message));
    }

    /**
     * Returns when the event is taken.
     *
     * @throws RealtimeException where it is not, or nobody knows
     */
    public void publish(Event event) {
        Blocking.await(event.channel(), publishAsync(event));
    }

    /** Never blocks. Completes when the event is taken, or with a {@link RealtimeException}. */
    public CompletableFuture<Void> publishAsync(String channel, Message message) {
        return publishAsync(Event.of(channel, message));
    }

    /** Never blocks. Completes when the event is taken, or with a {@link RealtimeException}. */
    public CompletableFuture<Void> publishAsync(Event event) {
        observer.waiting(1);
        return turns.take(event)
                .whenComplete(
                        (nothing, failure) -> {
                            observer.waiting(-1);
                            if (failure != null) {
                                observer.failed(code(failure));
                            }
                        });
    }

    /**
     * Publishes when the transaction has been committed. The message is read now. Never blocks and
     * never throws: an event that cannot be published is logged and counted, and the transaction
     * goes on.
     */
    public void publishAfterCommit(Transaction transaction, String channel, Message message) {
        afterCommit(transaction, channel, () -> Event.of(channel, message));
    }

    /** Publishes when the transaction has been committed. Never blocks and never throws. */
    public void publishAfterCommit(Transaction transaction, Event event) {
        afterCommit(transaction, event.channel(), () -> event);
    }

    private void afterCommit(Transaction transaction, String channel, Supplier<Event> making) {
        try {
            var event = making.get();
            transaction.afterCommit(() -> publishOrLog(event));
        } catch (Throwable e) { // a message that contains itself ends in a StackOverflowError
            observer.failed(code(e));
            LOG.error("An event for {} will not be published", channel, e);
        }
    }

    private void publishOrLog(Event event) {
        var unused =
                publishAsync(event)
                        .whenComplete(
                                (nothing, failure) -> {
                                    if (failure != null) {
                                        LOG.warn(
                                                "Event {} was not published: {}",
                                                event.id(),
                                                Exchange.cause(failure).getMessage());
                                    }
                                });
    }

    private static Code code(Throwable failure) {
        var cause = Exchange.cause(failure);
        if (cause instanceof RealtimeException known) {
            return known.code();
        }
        return cause instanceof IllegalArgumentException ? Code.INVALID : Code.UNEXPECTED;
    }

    /** Takes nothing more, and waits up to 5 seconds for what is under way. */
    @Override
    public void close() {
        int lost = turns.close(PATIENCE);
        if (lost > 0) {
            LOG.warn("{} events were still waiting when the publisher was closed", lost);
        }
        delivery.close();
    }
}
