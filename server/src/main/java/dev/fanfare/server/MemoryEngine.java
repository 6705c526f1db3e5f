package dev.fanfare.server;

import dev.fanfare.core.broker.Broker;
import dev.fanfare.core.broker.MemoryBroker;
import dev.fanfare.core.presence.MemoryPresence;
import dev.fanfare.core.presence.PresenceStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Everything in this process: one node, and nothing outlives it. */
final class MemoryEngine implements Engine {
    private static final long EXPIRY_MILLIS = 5_000;

    private final InstantSource clock;
    private final List<MemoryBroker> brokers = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService expiry =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("expiry").factory());

    MemoryEngine(InstantSource clock) {
        this.clock = clock;
        var _ =
                expiry.scheduleWithFixedDelay(
                        () -> brokers.forEach(MemoryBroker::expire),
                        EXPIRY_MILLIS,
                        EXPIRY_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public Broker broker(String view) {
        var broker = new MemoryBroker(clock, Ids::epoch);
        brokers.add(broker);
        return broker;
    }

    /** Nobody can end unseen here. */
    @Override
    public PresenceStore presence(String view, Duration timeToLive) {
        return new MemoryPresence();
    }

    @Override
    public Optional<String> unready() {
        return Optional.empty();
    }

    @Override
    public void close() {
        expiry.shutdownNow();
    }
}
