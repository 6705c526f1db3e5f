package dev.fanfare.brokers.redis;

import dev.fanfare.core.model.Unavailable;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection that messages come on. It keeps subscribed what is wanted: whoever changes that
 * says so, and Redis is told in batches, so that many topics neither flood it nor wait for each
 * other. All but the methods that say so live on its event loop.
 */
final class Notifications implements Wire.User {
    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);

    /** Subscriptions under way at a time. */
    private static final int BATCH = 256;

    /** A topic that nobody has: to leave it is a sign of life. */
    private static final String NOBODYS = "fanfare";

    private final Wire wire;
    private final WantedTopics wanted;
    private final RedisOptions options;
    private final Link.Place place;
    private final Consumer<String> onClosed;
    private final Consumer<String> onMisplaced;
    private final Queue<String> changes = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isDraining = new AtomicBoolean();
    private final Set<String> due = new LinkedHashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final Set<String> subscribed = new HashSet<>();
    private final List<WantedTopics.Topic> back = new ArrayList<>();
    private long heartbeat = System.nanoTime();

    Notifications(
            Wire wire,
            WantedTopics wanted,
            RedisOptions options,
            Link.Place place,
            Consumer<String> onClosed,
            Consumer<String> onMisplaced) {
        this.wire = wire;
        this.wanted = wanted;
        this.options = options;
        this.place = place;
        this.onClosed = onClosed;
        this.onMisplaced = onMisplaced;
    }

    /** Subscribes all that is wanted, and tells that messages may be missing. Any thread. */
    void start() {
        var connection = (StatefulRedisPubSubConnection<String, byte[]>) wire.connection();
        connection.addListener(
                new RedisPubSubAdapter<>() {
                    @Override
                    public void message(String topic, byte[] message) {
                        deliver(topic, message);
                    }

                    @Override
                    public void smessage(String topic, byte[] message) {
                        deliver(topic, message);
                    }

                    @Override
                    public void sunsubscribed(String topic, long count) {
                        onLeft(topic);
                    }
                });
        wire.usedBy(this);
        wire.execute(
                () -> {
                    wanted.all().stream()
                            .filter(this::isHere)
                            .forEach(topic -> due.add(topic.name()));
                    send();
                });
    }

    private void deliver(String name, byte[] message) {
        var topic = wanted.find(name);
        if (topic == null || !isHere(topic)) {
            onChange(name);
            return;
        }
        if (!wire.isOpen()) {
            return;
        }
        try {
            topic.ear().onMessage(name, message);
        } catch (RuntimeException e) {
            LOG.error("A message of {} could not be taken", name, e);
        }
    }

    private boolean isHere(WantedTopics.Topic topic) {
        return place.has(topic.slot());
    }

    /** Redis takes leave by itself when a topic's slot goes to another primary. */
    private void onLeft(String name) {
        if (subscribed.remove(name)) {
            wanted.interrupt(name);
            refused.add(name);
            onMisplaced.accept("MOVED " + name);
        }
    }

    /** What is wanted of this topic, or where it is, has changed. Any thread. */
    void onChange(String topic) {
        changes.add(topic);
        if (!isDraining.get() && isDraining.compareAndSet(false, true)) {
            wire.execute(this::drain);
        }
    }

    private void drain() {
        isDraining.set(false);
        for (var topic = changes.poll(); topic != null; topic = changes.poll()) {
            due.add(topic);
        }
        send();
    }

    private void send() {
        if (!wire.isOpen()) {
            var gone = new Unavailable(wire.server() + ": connection lost");
            due.forEach(name -> fail(wanted.waitingFor(name), gone));
            due.clear();
            return;
        }
        var calls = new ArrayList<Call<?>>();
        var next = due.iterator();
        while (next.hasNext() && wire.waiting() + calls.size() < BATCH) {
            var call = callFor(next.next());
            next.remove();
            if (call != null) {
                calls.add(call);
            }
        }
        if (!calls.isEmpty()) {
            wire.send(calls);
        }
    }

    private @Nullable Call<?> callFor(String name) {
        var topic = wanted.find(name);
        if (topic != null && isHere(topic)) {
            return subscribe(name);
        }
        if (!subscribed.remove(name)) {
            return null;
        }
        return Call.ofTopic(
                place.isSharded() ? CommandType.SUNSUBSCRIBE : CommandType.UNSUBSCRIBE, name);
    }

    private Call<?> subscribe(String name) {
        subscribed.add(name);
        var waiting = wanted.waitingFor(name);
        var call =
                Call.ofTopic(
                        place.isSharded() ? CommandType.SSUBSCRIBE : CommandType.SUBSCRIBE, name);
        var _ =
                call.answer()
                        .whenComplete(
                                (_, failure) -> {
                                    if (failure != null) {
                                        onRefused(name, waiting, failure);
                                    } else {
                                        onSubscribed(name, waiting);
                                    }
                                });
        return call;
    }

    private void onSubscribed(String name, List<CompletableFuture<Void>> waiting) {
        var topic = wanted.takeInterrupted(name);
        if (topic != null) {
            back.add(topic);
        }
        waiting.forEach(stage -> stage.complete(null));
    }

    /** Late ones are interrupted, too: their ears are told when the answer has come. */
    private void onRefused(String name, List<CompletableFuture<Void>> waiting, Throwable failure) {
        wanted.interrupt(name);
        refused.add(name);
        fail(waiting, failure);
    }

    private static void fail(List<CompletableFuture<Void>> waiting, Throwable why) {
        waiting.forEach(stage -> stage.completeExceptionally(why));
    }

    /** All that were under way are done: who was interrupted hears of it, and the next ones go. */
    @Override
    public void onAnswer() {
        if (wire.waiting() > BATCH / 2) {
            return;
        }
        wire.execute(
                () -> {
                    tellInterrupted();
                    send();
                });
    }

    private void tellInterrupted() {
        if (back.isEmpty()) {
            return;
        }
        var topics = List.copyOf(back);
        back.clear();
        if (!wire.isOpen()) {
            topics.forEach(topic -> wanted.interrupt(topic.name()));
            return;
        }
        try {
            WantedTopics.tell(topics);
        } catch (RuntimeException e) {
            LOG.error("An interruption of {} topics could not be told", topics.size(), e);
        }
    }

    @Override
    public void onRefusal(Call<?> call, String error) {
        if (Refused.isMisplaced(error)) {
            onMisplaced.accept(error);
        }
    }

    /** From time to time. Any thread. */
    void sweep() {
        wire.execute(
                () -> {
                    wire.sweep(options.timeout());
                    long now = System.nanoTime();
                    if (now - heartbeat > options.timeout().dividedBy(2).toNanos()) {
                        heartbeat = now;
                        due.addAll(refused);
                        refused.clear();
                        send();
                        if (wire.isOpen()) {
                            wire.send(List.of(Call.ofTopic(CommandType.UNSUBSCRIBE, NOBODYS)));
                        }
                    }
                });
    }

    /** Any thread. Completes when nothing is delivered any more that has gone elsewhere. */
    CompletionStage<Void> settle() {
        var settled = new CompletableFuture<Void>();
        wire.execute(() -> settled.complete(null));
        return settled;
    }

    /** Any thread. */
    CompletionStage<Void> close(String why) {
        return wire.close(why);
    }

    @Override
    public void onClosed(String why) {
        tellInterrupted();
        wanted.interruptAll(this::isHere, new Unavailable(wire.server() + ": " + why));
        drain();
        onClosed.accept(why);
    }
}
