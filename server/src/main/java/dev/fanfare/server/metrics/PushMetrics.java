package dev.fanfare.server.metrics;

import dev.fanfare.push.PushError;
import dev.fanfare.push.PushObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What becomes of notifications. The queue is told by the node that sends. */
final class PushMetrics implements PushObserver {
    private final MeterRegistry registry;
    private final Counter sent;
    private final Counter removed;
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong oldestMillis = new AtomicLong();
    private final AtomicLong unconfirmed = new AtomicLong();

    PushMetrics(MeterRegistry registry) {
        this.registry = registry;
        sent = counter("fanfare.push.sent", "Notifications that the provider has taken");
        removed = counter("fanfare.push.tokens.removed", "Devices that are gone, and forgotten");
        gauge("fanfare.push.waiting", "Notifications to be sent", waiting);
        gauge("fanfare.push.unconfirmed", "Notifications sent, receipt to come", unconfirmed);
        Gauge.builder("fanfare.push.oldest", oldestMillis, millis -> millis.get() / 1000.0)
                .description("Age of the oldest notification to be sent")
                .baseUnit("seconds")
                .register(registry);
    }

    @Override
    public void sent() {
        sent.increment();
    }

    @Override
    public void retried(PushError why) {
        count("fanfare.push.retries", "Notifications that are sent again", why);
    }

    @Override
    public void failed(PushError why) {
        count("fanfare.push.failures", "Notifications that are given up", why);
    }

    @Override
    public void tokenRemoved() {
        removed.increment();
    }

    @Override
    public void queue(long count, Duration oldest, long receipts) {
        waiting.set(count);
        oldestMillis.set(oldest.toMillis());
        unconfirmed.set(receipts);
    }

    private void count(String name, String description, PushError why) {
        Counter.builder(name)
                .description(description)
                .tag("reason", why.word())
                .register(registry)
                .increment();
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }

    private void gauge(String name, String description, AtomicLong value) {
        Gauge.builder(name, value, Number::doubleValue).description(description).register(registry);
    }
}
