package dev.fanfare.core.hub;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.fanfare.core.model.Channel;
import dev.fanfare.core.model.Publication;
import dev.fanfare.core.protocol.Push;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjIntConsumer;

/**
 * The subscribers of one event loop. Everything but {@link #offer}, {@link #subscriptions} and
 * {@link #count} belongs to that loop.
 *
 * <p>Batching: the first publication of an idle shard posts a task; what arrives until it runs is
 * delivered with it. A drain takes a bounded share, flushes every connection it touched once, and
 * lets the loop serve its sockets before the next: sockets that are never read from look slow, and
 * clients must not be cut for our own haste.
 */
public final class HubShard {
    private static final int MOST_PUBLICATIONS = 256;
    private static final int MOST_BYTES = 128 * 1024;

    /** Channels of which one turn tells that they were interrupted. */
    private static final int MOST_INTERRUPTED = 64;

    /** One thread's event loop, and how deliveries are started on it. */
    record Loop(Executor tasks, Executor deliveries) {}

    private final Hub hub;
    private final int index;
    private final Loop loop;
    private final HubObserver observer;
    private final Map<Channel, Subscribers> channels = new HashMap<>();
    private final List<Outlet> touched = new ArrayList<>();

    /** While publications are delivered or outlets flushed: what is touched is flushed after it. */
    private boolean busy;

    private final LongAdder subscriptions = new LongAdder();

    private final Object lock = new Object();

    @GuardedBy("lock")
    private final ArrayDeque<Publication> waiting = new ArrayDeque<>();

    @GuardedBy("lock")
    private boolean scheduled;

    HubShard(Hub hub, int index, Loop loop, HubObserver observer) {
        this.hub = hub;
        this.index = index;
        this.loop = loop;
        this.observer = observer;
    }

    public Executor loop() {
        return loop.tasks();
    }

    /**
     * From now on the subscriber gets the channel's publications.
     *
     * @return completes, on any thread, when none published from then on can be missed
     */
    public CompletionStage<Void> add(Channel channel, Subscriber subscriber) {
        var subscribers = channels.computeIfAbsent(channel, key -> new Subscribers());
        boolean first = subscribers.isEmpty();
        subscribers.add(subscriber);
        subscriptions.increment();
        return first ? hub.join(index, channel) : hub.confirmation(index, channel);
    }

    public void remove(Channel channel, Subscriber subscriber) {
        var subscribers = channels.get(channel);
        if (subscribers == null) {
            throw new IllegalStateException(
                    "channel: " + channel + " (expected: one with subscribers)");
        }
        subscribers.remove(subscriber);
        subscriptions.decrement();
        if (subscribers.isEmpty()) {
            channels.remove(channel);
            hub.leave(index, channel);
        }
    }

    /** The outlet has something queued: it is flushed at the end of this turn. */
    public void touch(Outlet outlet) {
        touched.add(outlet);
    }

    /**
     * Ends a turn: flushes every outlet touched in it. A turn within a delivery or within a flush
     * leaves that to the outer one: a flush can end sessions, and no subscriber may go while others
     * are delivered to.
     */
    public void flush() {
        if (busy) {
            return;
        }
        busy = true;
        try {
            while (!touched.isEmpty()) {
                touched.removeLast().flush();
            }
        } finally {
            busy = false;
        }
    }

    /** Any thread: subscribers of all channels. */
    int subscriptions() {
        return subscriptions.intValue();
    }

    /** Any thread: tells how many subscribers these channels have here, where they have any. */
    CompletableFuture<Void> count(Collection<Channel> asked, ObjIntConsumer<Channel> counted) {
        return CompletableFuture.runAsync(() -> countNow(asked, counted), loop.tasks());
    }

    private void countNow(Collection<Channel> asked, ObjIntConsumer<Channel> counted) {
        for (var channel : asked) {
            var subscribers = channels.get(channel);
            if (subscribers != null) {
                counted.accept(channel, subscribers.size());
            }
        }
    }

    /** Any thread; for one channel in the order of its publications. */
    void offer(Publication publication) {
        synchronized (lock) {
            waiting.add(publication);
            if (scheduled) {
                return;
            }
            scheduled = true;
        }
        loop.deliveries().execute(this::drain);
    }

    /** Any thread: tells the channel's subscribers, apart from its publications. */
    void announce(Push.Member push) {
        loop.tasks().execute(() -> tell(push));
    }

    private void tell(Push.Member push) {
        var subscribers = channels.get(push.channel());
        if (subscribers == null) {
            return;
        }
        busy = true;
        try (var encoded = new EncodedOnce(List.of(push))) {
            subscribers.hear(encoded);
        } finally {
            busy = false;
            flush();
        }
    }

    /** Any thread: a share of the channels at a time, lest everybody reads at once. */
    void interrupted(List<Channel> interrupted) {
        if (!interrupted.isEmpty()) {
            loop.tasks().execute(() -> interruptedNow(interrupted));
        }
    }

    private void interruptedNow(List<Channel> interrupted) {
        int share = Math.min(interrupted.size(), MOST_INTERRUPTED);
        busy = true;
        try {
            for (var channel : interrupted.subList(0, share)) {
                var subscribers = channels.get(channel);
                if (subscribers != null) {
                    subscribers.interrupted();
                }
            }
        } finally {
            busy = false;
            flush();
        }
        interrupted(interrupted.subList(share, interrupted.size()));
    }

    private void drain() {
        var batch = new ArrayList<Publication>();
        if (take(batch)) {
            loop.deliveries().execute(this::drain);
        }
        int deliveries;
        busy = true;
        try {
            deliveries = deliverRuns(batch);
        } finally {
            busy = false;
            flush();
        }
        observer.delivered(batch, deliveries);
    }

    private int deliverRuns(List<Publication> batch) {
        int deliveries = 0;
        for (int from = 0, to; from < batch.size(); from = to) {
            to = endOfRun(batch, from);
            deliveries += deliver(batch.subList(from, to));
        }
        return deliveries;
    }

    /** Moves a bounded share of what waits to the batch; true when something is left. */
    private boolean take(List<Publication> batch) {
        int bytes = 0;
        synchronized (lock) {
            while (!waiting.isEmpty() && batch.size() < MOST_PUBLICATIONS && bytes < MOST_BYTES) {
                var publication = waiting.remove();
                bytes += publication.message().payload().size();
                batch.add(publication);
            }
            scheduled = !waiting.isEmpty();
            return scheduled;
        }
    }

    private static int endOfRun(List<Publication> batch, int from) {
        int to = from + 1;
        while (to < batch.size() && Run.isOne(batch.get(to - 1), batch.get(to))) {
            to++;
        }
        return to;
    }

    private int deliver(List<Publication> publications) {
        var channel = publications.getFirst().channel();
        var subscribers = channels.get(channel);
        if (subscribers == null) {
            return 0;
        }
        try (var run = new Run(publications)) {
            return subscribers.deliver(run);
        } catch (RuntimeException e) {
            observer.failed(channel, e);
            return 0;
        }
    }
}
