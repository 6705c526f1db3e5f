package dev.fanfare.client.micrometer;

import dev.fanfare.client.PublishObserver;
import dev.fanfare.client.RealtimeException.Code;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what becomes of events. One for a registry. Any thread. */
public final class PublisherMetrics implements PublishObserver {
    private final MeterRegistry registry;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong outbox = new AtomicLong();
    private final AtomicLong oldestMillis = new AtomicLong();
    private final AtomicLong parked = new AtomicLong();

    public PublisherMetrics(MeterRegistry registry) {
        this.registry = registry;
        gauge("fanfare.publisher.waiting", "Events that wait or are under way", waiting);
        gauge("fanfare.outbox.waiting", "Events in the outbox, on the node that drains it", outbox);
        gauge("fanfare.outbox.parked", "Events that the server has refused", parked);
        Gauge.builder("fanfare.outbox.oldest", oldestMillis, millis -> millis.get() / 1000.0)
                .description("Age of the oldest event in the outbox")
                .baseUnit("seconds")
                .register(registry);
    }

    @Override
    public void delivered(String way, long nanos) {
        Timer.builder("fanfare.publisher.delivered")
                .description("Events that a server has taken, and how long that took")
                .tag("way", way)
                .register(registry)
                .record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void fellBack(Code why) {
        count("fanfare.publisher.fallbacks", "Events for which the second way was tried", why);
    }

    @Override
    public void failed(Code why) {
        count("fanfare.publisher.failures", "Events that were given up", why);
    }

    @Override
    public void waiting(int change) {
        waiting.addAndGet(change);
    }

    @Override
    public void retried(Code why) {
        count("fanfare.outbox.retries", "Events of the outbox that are sent again", why);
    }

    @Override
    public void parked(Code why) {
        count("fanfare.outbox.refusals", "Events of the outbox that were refused", why);
    }

    @Override
    public void outbox(long events, Duration oldest, long refused) {
        outbox.set(events);
        oldestMillis.set(oldest.toMillis());
        parked.set(refused);
    }

    private void count(String name, String description, Code why) {
        Counter.builder(name)
                .description(description)
                .tag("reason", why.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    private void gauge(String name, String description, Number value) {
        Gauge.builder(name, value, Number::doubleValue).description(description).register(registry);
    }
}
