package dev.fanfare.core.broker;

import static org.awaitility.Awaitility.await;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Message;
import dev.fanfare.core.model.Payload;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.model.StreamPosition;
import dev.fanfare.core.model.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;

/** A broker with two channels that somebody listens to, and what tests do with it. */
public abstract class BrokerFixture {
    static final Retention KEPT = new Retention(100, Duration.ofMinutes(10));
    static final int THREADS = 8;
    static final int MESSAGES_PER_THREAD = 100;

    final String run = UUID.randomUUID().toString();
    final Channel news = channel("news");
    final Channel sport = channel("sport");
    final AtomicInteger ids = new AtomicInteger();
    final Map<Channel, List<Publication>> received = new ConcurrentHashMap<>();
    Broker broker;

    /** A new broker, not started. */
    protected abstract Broker create();

    /**
     * Lets the broker believe that so much time has passed. An implementation that cannot aborts
     * the test.
     */
    protected abstract void letPass(Duration time);

    @BeforeEach
    void start() throws Exception {
        broker = create();
        broker.start(publication -> receivedOn(publication.channel()).add(publication));
        get(broker.subscribe(news));
        get(broker.subscribe(sport));
    }

    final Channel channel(String name) {
        return new Channel(name + "-" + run);
    }

    Message message(String text) {
        return message(Payload.json("\"" + text + "\""));
    }

    Message message(Payload payload) {
        return new Message("m" + ids.incrementAndGet(), null, payload, null, Audience.EVERYONE);
    }

    StreamPosition publish(Channel channel, String text) throws Exception {
        return get(broker.publish(channel, message(text), new PublishOptions(KEPT, null)))
                .position();
    }

    List<StreamPosition> publishMany(Channel channel, int count) throws Exception {
        var positions = new ArrayList<StreamPosition>();
        while (positions.size() < count) {
            positions.add(publish(channel, "a"));
        }
        return positions;
    }

    Published publishWithKey(Channel channel, String key) throws Exception {
        return get(broker.publish(channel, message("a"), new PublishOptions(KEPT, key)));
    }

    Published publishVersion(Channel channel, long number, String epoch) throws Exception {
        var options = new PublishOptions(KEPT, null, new Version(number, epoch));
        return get(broker.publish(channel, message("v" + number), options));
    }

    History all(Channel channel) throws Exception {
        return get(broker.history(channel, new HistoryQuery(null, KEPT.size(), false), KEPT));
    }

    List<Publication> read(Channel channel, StreamPosition since, int limit, boolean reverse)
            throws Exception {
        return get(broker.history(channel, new HistoryQuery(since, limit, reverse), KEPT))
                .publications();
    }

    List<Publication> receivedOn(Channel channel) {
        return received.computeIfAbsent(channel, key -> new CopyOnWriteArrayList<>());
    }

    List<Publication> awaitReceived(Channel channel, int count) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> receivedOn(channel).size() >= count);
        return receivedOn(channel);
    }

    static List<Long> offsets(List<Publication> publications) {
        return publications.stream().map(each -> each.position().offset()).toList();
    }

    static List<Long> oneTo(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    static <T> List<T> inParallel(Callable<T> task) throws Exception {
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            var results = new ArrayList<T>();
            for (var done :
                    threads.invokeAll(
                            IntStream.range(0, THREADS).mapToObj(index -> task).toList())) {
                results.add(done.get());
            }
            return results;
        }
    }

    static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
