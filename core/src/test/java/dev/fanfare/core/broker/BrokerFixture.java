package dev.fanfare.core.broker;

import static org.awaitility.Awaitility.await;

import dev.fanfare.core.model.Audience;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.History;
import dev.fanfare.core.model.HistoryQuery;
import dev.fanfare.core.model.Membership;
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

/** A broker with two channels that somebody listens to, a third, and what tests do with it. */
public abstract class BrokerFixture {
    protected static final Retention KEPT = new Retention(100, Duration.ofMinutes(10));
    protected static final int THREADS = 8;
    protected static final int MESSAGES_PER_THREAD = 100;

    protected final String run = UUID.randomUUID().toString();
    protected final Channel news = channel("news");
    protected final Channel sport = channel("sport");
    protected final Channel alone = channel("alone");
    protected final AtomicInteger ids = new AtomicInteger();
    protected final Map<Channel, List<Publication>> received = new ConcurrentHashMap<>();
    protected final List<Membership> memberships = new CopyOnWriteArrayList<>();
    protected Broker broker;

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
        broker.start(new Recorder());
        get(broker.subscribe(news));
        get(broker.subscribe(sport));
    }

    protected final Channel channel(String name) {
        return new Channel(name + "-" + run);
    }

    protected Message message(String text) {
        return message(Payload.json("\"" + text + "\""));
    }

    protected Message message(Payload payload) {
        return new Message("m" + ids.incrementAndGet(), null, payload, null, Audience.EVERYONE);
    }

    protected StreamPosition publish(Channel channel, String text) throws Exception {
        return get(broker.publish(channel, message(text), new PublishOptions(KEPT, null)))
                .position();
    }

    protected List<StreamPosition> publishMany(Channel channel, int count) throws Exception {
        var positions = new ArrayList<StreamPosition>();
        while (positions.size() < count) {
            positions.add(publish(channel, "a"));
        }
        return positions;
    }

    protected Published publishWithKey(Channel channel, String key) throws Exception {
        return get(broker.publish(channel, message("a"), new PublishOptions(KEPT, key)));
    }

    protected Published publishVersion(Channel channel, long number, String epoch)
            throws Exception {
        var options = new PublishOptions(KEPT, null, new Version(number, epoch));
        return get(broker.publish(channel, message("v" + number), options));
    }

    protected History all(Channel channel) throws Exception {
        return get(broker.history(channel, new HistoryQuery(null, KEPT.size(), false), KEPT));
    }

    protected List<Publication> read(
            Channel channel, StreamPosition since, int limit, boolean reverse) throws Exception {
        return get(broker.history(channel, new HistoryQuery(since, limit, reverse), KEPT))
                .publications();
    }

    protected List<Publication> receivedOn(Channel channel) {
        return received.computeIfAbsent(channel, key -> new CopyOnWriteArrayList<>());
    }

    protected List<Publication> awaitReceived(Channel channel, int count) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> receivedOn(channel).size() >= count);
        return receivedOn(channel);
    }

    protected static List<Long> offsets(List<Publication> publications) {
        return publications.stream().map(each -> each.position().offset()).toList();
    }

    protected static List<Long> oneTo(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }

    protected static <T> List<T> inParallel(Callable<T> task) throws Exception {
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

    protected static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private final class Recorder implements BrokerListener {
        @Override
        public void onPublication(Publication publication) {
            receivedOn(publication.channel()).add(publication);
        }

        @Override
        public void onMembership(Channel channel, Membership membership) {
            memberships.add(membership);
        }
    }
}
