package dev.fanfare.client.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fanfare.client.Delivery;
import dev.fanfare.client.Event;
import dev.fanfare.client.Publisher;
import dev.fanfare.client.RealtimeException;
import dev.fanfare.client.RealtimeException.Code;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class PublisherMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PublisherMetrics metrics = new PublisherMetrics(registry);

    @Test
    void countsEventsByWayAndReason() {
        var ends = new CompletableFuture<Void>();
        Delivery delivery = event -> ends;
        var publisher = new Publisher(delivery.observed("http", metrics), metrics);
        var published = publisher.publishAsync(Event.ofJson("a", "1"));
        assertThat(gauge("fanfare.publisher.waiting")).isEqualTo(1);

        ends.complete(null);
        assertThat(published).isCompleted();
        assertThat(gauge("fanfare.publisher.waiting")).isZero();
        assertThat(registry.get("fanfare.publisher.delivered").tag("way", "http").timer().count())
                .isEqualTo(1);
    }

    @Test
    void countsWhatWasGivenUp() {
        var refusal = new RealtimeException(Code.REFUSED, "no", (Throwable) null);
        Delivery delivery = event -> CompletableFuture.failedFuture(refusal);
        var publisher = new Publisher(delivery.observed("http", metrics), metrics);
        assertThat(publisher.publishAsync(Event.ofJson("a", "1"))).isCompletedExceptionally();
        assertThat(count("fanfare.publisher.failures", "refused")).isEqualTo(1);
        assertThat(registry.find("fanfare.publisher.delivered").timer()).isNull();
    }

    @Test
    void tellsOfFallbackAndOutbox() {
        metrics.fellBack(Code.UNREACHABLE);
        metrics.retried(Code.TIMEOUT);
        metrics.parked(Code.REFUSED);
        metrics.outbox(7, Duration.ofMillis(1500), 2);
        assertThat(count("fanfare.publisher.fallbacks", "unreachable")).isEqualTo(1);
        assertThat(count("fanfare.outbox.retries", "timeout")).isEqualTo(1);
        assertThat(count("fanfare.outbox.refusals", "refused")).isEqualTo(1);
        assertThat(gauge("fanfare.outbox.waiting")).isEqualTo(7);
        assertThat(gauge("fanfare.outbox.oldest")).isEqualTo(1.5);
        assertThat(gauge("fanfare.outbox.parked")).isEqualTo(2);
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private double count(String name, String reason) {
        return registry.get(name).tag("reason", reason).counter().count();
    }
}
