package dev.fanfare.brokers.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import dev.fanfare.core.broker.BrokerListener;
import dev.fanfare.core.broker.PublishOptions;
import dev.fanfare.core.broker.Published;
import dev.fanfare.core.broker.Retention;
import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Membership;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A broker with connections of its own, what it was told, and what tests do with it. */
final class Node implements BrokerListener, AutoCloseable {
    static final Retention KEPT = new Retention(10_000, Duration.ofMinutes(10));

    /** So long may an answer take, on a busy machine, too. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final AtomicInteger ids = new AtomicInteger();

    final RedisServers servers;
    final RedisBroker broker;
    final List<Publication> received = new CopyOnWriteArrayList<>();
    final List<Membership> memberships = new CopyOnWriteArrayList<>();
    final List<Channel> interrupted = new CopyOnWriteArrayList<>();

    Node(String url) throws RedisStartFailure {
        this(PATIENCE, url);
    }

    /**
     * @param timeout how long an answer may take
     */
    Node(Duration timeout, String... urls) throws RedisStartFailure {
        var addresses = List.of(urls).stream().map(RedisAddress::parse);
        var soon = new RedisOptions.Backoff(Duration.ofMillis(5), Duration.ofMillis(50));
        servers =
                RedisServers.open(
                        RedisOptions.of(addresses.toArray(RedisAddress[]::new))
                                .withTimeout(timeout)
                                .withBackoff(soon),
                        RedisObserver.NONE);
        broker = new RedisBroker(servers, new Keys("fanfare", ""), InstantSource.system());
        broker.start(this);
    }

    /** Subscribed to the channels. */
    Node listeningTo(Channel... channels) throws Exception {
        for (var channel : channels) {
            get(broker.subscribe(channel));
        }
        return this;
    }

    CompletionStage<Published> publish(Channel channel, PublishOptions options) {
        return broker.publish(channel, message(), options);
    }

    StreamPosition publish(Channel channel) throws Exception {
        return get(publish(channel, new PublishOptions(KEPT, null))).position();
    }

    History history(Channel channel) throws Exception {
        return get(broker.history(channel, new HistoryQuery(null, KEPT.size(), false), KEPT));
    }

    StreamPosition top(Channel channel) throws Exception {
        return get(broker.history(channel, HistoryQuery.TOP, KEPT)).top();
    }

    List<Publication> awaitReceived(int count) {
        await().pollInterval(Duration.ofMillis(2)).until(() -> received.size() >= count);
        return List.copyOf(received);
    }

    /** Whether it can be used again. */
    void awaitReady() {
        await().pollInterval(Duration.ofMillis(2)).until(() -> servers.unready().isEmpty());
    }

    void awaitUnready() {
        await().pollInterval(Duration.ofMillis(2)).until(() -> servers.unready().isPresent());
    }

    static Message message() {
        var id = "m" + ids.incrementAndGet();
        return new Message(id, null, Payload.json("\"" + id + "\""), null, Audience.EVERYONE);
    }

    static List<Long> offsets(List<Publication> publications) {
        return publications.stream().map(each -> each.position().offset()).toList();
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, SECONDS);
    }

    @Override
    public void onPublication(Publication publication) {
        received.add(publication);
    }

    @Override
    public void onMembership(Channel channel, Membership membership) {
        memberships.add(membership);
    }

    @Override
    public void onInterruption(Collection<Channel> channels) {
        interrupted.addAll(channels);
    }

    @Override
    public void close() {
        servers.close();
    }
}
